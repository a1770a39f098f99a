package import TenureCore

/// What an account's facts add up to, whatever their order: folded from facts, never from decisions.
package struct Observations: Hashable, Sendable {
    private var records = Records.sharedNone
    /// When somebody last answered, came or wrote, by `contact:<key>` and `role:<id>`.
    package var touches = NamedValues<Bool>()
    package var members = MemberTable()
    package var entities = EntityTable()
    package var revenue = RevenueLedger()
    /// By the accumulators of the compiled programme.
    package var rings: [DailySums]
    package var lifetimes: [Int64]
    package var lasts: [Latest<Double>?]
    package var firsts: [Instant?]
    package var newests: [Instant?]
    package var sketches: [Sketch]
    /// Uses by declared feature.
    package var features: [DailySums]
    package var distincts: [DistinctTable]
    package var newestOfEach: [NewestTable]
    /// Days on which anybody used the product, named or not, back from `today`.
    package var useDays = DayMask()
    /// Local day of the first event; days before it are unknown.
    package var firstDay: Day?
    /// Newest occurrence of an activity event.
    package var lastActivity: Instant?
    /// Events of types, or features, that the programme does not declare; and events that came too late.
    package var unmappedCount: Int64 = 0
    package var lateCount: Int64 = 0
    package var eventCount: Int64 = 0
    /// Facts taken back inside the lateness window, sorted: they count no more, even when they come later.
    package var retracted: [Retraction] = []

    package init(
        rings: Int, lifetimes: Int, lasts: Int, instants: Int, sketches: Int, features: Int, distincts: Int = 0,
        newestOfEach: Int = 0
    ) {
        self.rings = Array(repeating: DailySums(), count: rings)
        self.lifetimes = Array(repeating: 0, count: lifetimes)
        self.lasts = Array(repeating: nil, count: lasts)
        firsts = Array(repeating: nil, count: instants)
        newests = Array(repeating: nil, count: instants)
        self.sketches = Array(repeating: Sketch(), count: sketches)
        self.features = Array(repeating: DailySums(), count: features)
        self.distincts = Array(repeating: DistinctTable(), count: distincts)
        self.newestOfEach = Array(repeating: NewestTable(), count: newestOfEach)
    }

    /// What people and records say: much of it, and seldom changed, so that it is handed on as one.
    private struct Records: Hashable, Sendable {
        var profile = NamedValues<JSON>()
        var contactRoles = NamedValues<String>()
        var departures = NamedValues<Bool>()
        var grades = NamedValues<Grade>()
        var flags = NamedValues<Bool>()
        var pulse: Latest<Grade>?

        static let sharedNone = Shared(Records())
    }

    /// The account's fields and owners (`csm`), by name.
    package var profile: NamedValues<JSON> {
        get { records.value.profile }
        set { records.change { $0.profile = newValue } }
    }

    /// The role of each contact by key: conditions know no name and no address.
    package var contactRoles: NamedValues<String> {
        get { records.value.contactRoles }
        set { records.change { $0.contactRoles = newValue } }
    }

    /// Whether a contact left, by key.
    package var departures: NamedValues<Bool> {
        get { records.value.departures }
        set { records.change { $0.departures = newValue } }
    }

    /// Judged grades by metric id, `group:<id>` or `component:<id>`.
    package var grades: NamedValues<Grade> {
        get { records.value.grades }
        set { records.change { $0.grades = newValue } }
    }

    package var flags: NamedValues<Bool> {
        get { records.value.flags }
        set { records.change { $0.flags = newValue } }
    }

    package var pulse: Latest<Grade>? {
        get { records.value.pulse }
        set { records.change { $0.pulse = newValue } }
    }

    static let none = Observations(rings: 0, lifetimes: 0, lasts: 0, instants: 0, sketches: 0, features: 0)
    static let sharedNone = Shared(none)
}

/// A fact that its sender took back, by the name of the sender and the fact's id. Compared as UTF-8 bytes.
package struct Retraction: Hashable, Comparable, Sendable {
    package var source: String
    package var id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    package static func == (left: Retraction, right: Retraction) -> Bool {
        isSame(left.id, right.id) && isSame(left.source, right.source)
    }

    package static func < (left: Retraction, right: Retraction) -> Bool {
        isSame(left.source, right.source)
            ? precedes(left.id, right.id) : precedes(left.source, right.source)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash64(source, id)) }
}

/// A person's judgement of one thing.
package struct Grade: Hashable, Sendable {
    /// The declared step's id, when one was picked.
    package var step: String?
    /// 0…100.
    package var points: Double
    package var author: String
    package var reason: String
    package var given: Instant
    package var expires: Instant?

    package func isValid(at now: Instant) -> Bool { expires.map { now < $0 } ?? true }
}

extension Observations {
    /// When judgements expire.
    func gradeTimers(_ body: (Instant) -> Void) {
        for row in grades.rows { if let expires = row.latest.value.expires { body(expires) } }
    }
}

/// Under which names judgements are kept: a metric's own id, or the part of the score that is judged as a whole.
extension Grade {
    package static func name(ofGroup id: String) -> String { "group:" + id }

    /// - Parameter id: `<group>.<component>`.
    package static func name(ofComponent id: String) -> String { "component:" + id }

    /// The pulse: of the account as a whole, beside the score.
    package static let nameOfPulse = "account:pulse"

    /// nil: the fact does not say what it judges.
    package static func name(of fact: Fact) -> String? {
        fact.data["metric"]?.string ?? fact.data["group"]?.string.map { name(ofGroup: $0) }
            ?? fact.data["component"]?.string.map { name(ofComponent: $0) }
    }
}

/// Values by name, newest wins, sorted by name bytes.
package struct NamedValues<Value: Hashable & Sendable>: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var name: String
        package var latest: Latest<Value>
    }

    package private(set) var rows: [Row] = []
    private static var rowsMax: Int { 10_000 }

    package init() {}
    init(rows: [Row]) { self.rows = rows }

    package subscript(name: String) -> Value? { latest(name)?.value }

    package func latest(_ name: String) -> Latest<Value>? {
        let (index, found) = place(name)
        return found ? rows[index].latest : nil
    }

    mutating func update(_ name: String, _ value: Value, _ version: Version) {
        let (index, found) = place(name)
        if found {
            rows[index].latest.update(value, version)
        } else if rows.count < Self.rowsMax {
            rows.insert(Row(name: name, latest: Latest(value, version)), at: index)
        }
    }

    private func place(_ name: String) -> (index: Int, found: Bool) {
        let index = rows.bisected { precedes($0.name, name) }
        return (index, index < rows.count && isSame(rows[index].name, name))
    }
}
