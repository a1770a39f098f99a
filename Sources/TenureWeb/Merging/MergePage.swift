import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Two accounts side by side, and what one button would make of them.
struct MergePage {
    let shell: Shell
    let formToken: String
    let survivor: Column
    let part: Column
    /// Why they cannot be merged; nil: they can.
    let obstacle: String?
    let fields: [Field]
    /// Where the form goes.
    let action: String
    /// The same page with the accounts the other way round.
    let swap: String
    let ends: [String]
    let hasEnds: Bool

    struct Column {
        let id: String
        let name: String
        let externalID: String
        let link: String
        let score: String
        let arr: String
        let revenue: String
        let people: [String]
        let contracts: [String]
        let lastEvent: String
    }

    /// A field that at least one of them has.
    struct Field {
        let name: String
        let title: String
        let kept: Value?
        let taken: Value?
        /// Both say something, and not the same.
        let differs: Bool
        let isTaken: Bool
    }

    struct Value {
        let text: String
        /// Where it comes from.
        let link: String
    }
}

/// Names of the form's fields.
enum MergeForm {
    static let other = "other"
    static let reason = "reason"
    static let field = "field."
    static let taken = "taken"

    /// Fields that a person wants from the other account.
    static func chosen(_ fields: NamedTexts) -> Set<String> {
        let chosen = fields.all.filter { $0.name.hasPrefix(field) && isSame($0.value, taken) }
        return Set(chosen.map { String($0.name.dropFirst(field.count)) })
    }
}

extension MergePage {
    init(
        shell: Shell, _ visitor: Visitor, _ preview: MergePreview, obstacle: String?,
        people: (survivor: [ContactRow], part: [ContactRow])
    ) {
        let workspace = visitor.workspace
        let programme = workspace.programme
        self.shell = shell
        formToken = visitor.session.formToken
        survivor = Column(preview.survivor, people.survivor, workspace)
        part = Column(preview.part, people.part, workspace)
        self.obstacle = obstacle
        fields = preview.fields.map { field in
            Field(
                name: field.name, title: programme.programme.title(ofField: field.name),
                kept: field.kept.map { Value($0, field.name, preview.survivor.id) },
                taken: field.taken.map { Value($0, field.name, preview.part.id) },
                differs: field.differs, isTaken: field.isTaken)
        }
        action = Links.merges(preview.survivor.id.text)
        swap = Links.merging(preview.part.id.text, with: preview.survivor.id.text)
        ends = Self.ends(preview.part, programme)
        hasEnds = !ends.isEmpty
    }

    /// What the other account had begun.
    private static func ends(_ part: AccountState, _ programme: CompiledProgramme) -> [String] {
        let signals = part.conclusions.signals.filter(\.isOpen).compactMap { signal in
            programme.programme.signals.first { isSame($0.id, signal.signal) }?.title
        }
        let plays = part.conclusions.plays.filter(\.isRunning).map { programme.playPlan(of: $0)?.play.title ?? $0.play }
        return signals.map { "The signal “\($0)” is cleared there." }
            + plays.map { "The play “\($0)” ends there, and its messages that wait are cancelled." }
    }
}

extension MergePage.Column {
    private static let peopleMax = 8

    fileprivate init(_ account: AccountState, _ people: [ContactRow], _ workspace: Workspace) {
        let row = workspace.row(account.id.text)
        let id = account.id.text
        self.id = id
        name = row?.report.name ?? id
        externalID = row?.report.externalID ?? id
        link = Links.account(id)
        score = row?.report.score.map { String($0) } ?? "–"
        arr = row?.arr.hundredths.map { Wording.hundredths($0, workspace.programme.programme.currency) } ?? "–"
        revenue = Links.accountRevenue(id)
        let named = people.map { $0.name.isEmpty ? $0.email : $0.name }
        self.people = named.prefix(Self.peopleMax) + (named.count > Self.peopleMax ? ["and more"] : [])
        contracts = row?.contracts ?? []
        let zone = workspace.programme.defaultZoneRules
        lastEvent = account.observations.lastActivity.map { Wording.instant($0, zone) } ?? "none"
    }
}

extension MergePage.Value {
    fileprivate init(_ value: JSON, _ field: String, _ account: AccountID) {
        text = value.string ?? value.number.map { Wording.number($0, places: 2) } ?? value.canonical.text
        link = Links.told(account.text, .field, field)
    }
}

extension Programme {
    fileprivate func title(ofField name: String) -> String {
        accountField(name)?.title ?? roles.first { isSame($0.id, name) }?.title ?? name
    }
}
