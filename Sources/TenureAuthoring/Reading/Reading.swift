import TenureCore
import TenureProgramme

/// One run of the reader: what it knows, what it has found wrong, and what is referred to.
final class Reading {
    static let mistakesMax = 200

    let zones: ZoneTable
    var outline = Outline()
    var names = Names()
    var sources = SourceMap()
    var texts: [String: SourceText] = [:]
    /// Whether the programme builds on the catalogue.
    var isExtended = false
    private(set) var mistakes: [Diagnostic] = []
    /// Metrics and messages that something refers to, in the order of the first reference.
    private(set) var usedMetrics: [String] = []
    private(set) var usedMessages: Set<String> = []
    private var usedMetricSet: Set<String> = []
    private var isMuted = false

    init(zones: ZoneTable) { self.zones = zones }

    /// Beyond the limit only one more is kept: that there are more.
    func report(_ mistake: Diagnostic) {
        guard !isMuted, mistakes.count <= Self.mistakesMax else { return }
        mistakes.append(mistakes.count == Self.mistakesMax ? .tooMany(Self.mistakesMax) : mistake)
    }

    func report(_ found: [Diagnostic]) { for mistake in found { report(mistake) } }

    /// Suggestions cost time; a file full of mistakes gets none for those that nobody will see.
    var isFull: Bool { isMuted || mistakes.count >= Self.mistakesMax }

    func suggestion(_ wrong: String, among names: [String]) -> String? {
        isFull ? nil : didYouMean(wrong, among: names)
    }

    /// Runs `body` for its result only; mistakes are reported when the same thing is read in earnest.
    func muted<Result>(_ body: () -> Result) -> Result {
        let before = isMuted
        isMuted = true
        defer { isMuted = before }
        return body()
    }

    func use(metric id: String) {
        if !isMuted, usedMetricSet.insert(id).inserted { usedMetrics.append(id) }
    }

    func use(message id: String) {
        if !isMuted { usedMessages.insert(id) }
    }

    func place(of kind: DefinitionKind, _ id: String) -> Place? { outline.find(kind, id)?.idPlace }
}
