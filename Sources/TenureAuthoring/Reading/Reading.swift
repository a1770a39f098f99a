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
    /// Whether a file could not be taken apart: that something is not defined is then not said.
    var hidesDefinitions = false
    /// What was read, for advice on the whole.
    var conditions: [CheckedCondition] = []
    var sendings: [Sending] = []
    var clearings: [(when: CheckedCondition, clear: CheckedCondition)] = []
    var segmentConditions: [(id: String, place: Place, condition: CheckedCondition)] = []
    /// Texts of messages whose file has another name, by the message that was probably meant.
    var misnamedBodies: [String: MessageBody] = [:]
    var usedCalendars: Set<String> = []
    /// The Segment calls that events claim, with where the first does.
    var claimedCalls: [SegmentMapping.Call: Place] = [:]
    private(set) var mistakes: [Diagnostic] = []
    /// Metrics and messages that something refers to, in the order of the first reference.
    private(set) var usedMetrics: [String] = []
    private(set) var usedMessages: Set<String> = []
    private var usedMetricSet: Set<String> = []
    private var isMuted = false
    private var known: Set<Diagnostic> = []

    init(zones: ZoneTable) { self.zones = zones }

    /// Beyond the limit only one more is kept: that there are more. What is known already is not said again.
    func report(_ mistake: Diagnostic) {
        guard !isMuted, mistakes.count <= Self.mistakesMax else { return }
        guard !hidesDefinitions || !mistake.code.isAboutAbsence, known.insert(mistake).inserted else {
            return
        }
        mistakes.append(mistakes.count == Self.mistakesMax ? .tooMany(Self.mistakesMax) : mistake)
    }

    func report(_ found: [Diagnostic]) { for mistake in found { report(mistake) } }

    /// Suggestions cost time; a file full of mistakes gets none for those that nobody will see.
    var isFull: Bool { isMuted || mistakes.count >= Self.mistakesMax }

    func suggestion(_ wrong: String, among names: [String], isKey: Bool = false) -> String? {
        isFull ? nil : didYouMean(wrong, among: names) ?? (isKey ? OtherWords.hint(wrong, among: names) : nil)
    }

    /// Runs `body` for its result only; mistakes are reported when the same thing is read in earnest.
    func muted<Result>(_ body: () -> Result) -> Result {
        let before = isMuted
        isMuted = true
        defer { isMuted = before }
        return body()
    }

    var hasErrors: Bool { mistakes.contains { $0.severity == .error } }
    /// Whether what is read now is for real and not for its names only.
    var isInEarnest: Bool { !isMuted }

    func use(metric id: String) {
        if !isMuted, usedMetricSet.insert(id).inserted { usedMetrics.append(id) }
    }

    func use(message id: String) {
        if !isMuted { usedMessages.insert(id) }
    }

    func place(of kind: DefinitionKind, _ id: String) -> Place? { outline.find(kind, id)?.idPlace }
}

extension MistakeCode {
    /// Whether it says that something is not there, which may stand in a file that could not be read.
    fileprivate var isAboutAbsence: Bool {
        switch self {
        case .unknownGrade, .unknownBase, .wrongChannel, .wrongWindow, .wrongAudience: false
        case .conditionName, .bodyWithoutMessage, .unknownOwnField, .unknownOutcome: true
        case _: rawValue.hasPrefix("P2")
        }
    }
}
