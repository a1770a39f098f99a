import CEL
import TenureProgramme

/// What each kind of condition may mention: the account, one event, or one entity.
struct Vocabularies {
    /// Where a condition over the account stands; what is computed from it may not be read by it.
    enum Scope {
        /// Segments: the account's own fields and people's words.
        case segment
        /// Metrics: also other metrics.
        case metric
        /// Caps: also the points of groups and components.
        case cap
        /// Signals and plays: everything.
        case everything
        /// Steps and exits of one play: everything and the play's steps.
        case step(play: String)
    }

    let names: Names

    func account(_ scope: Scope) -> Vocabulary {
        var vocabulary = Vocabulary()
        declareAccount(&vocabulary, withSegment: !scope.isSegment)
        declarePeople(&vocabulary)
        switch scope {
        case .segment: break
        case .metric: declareMetrics(&vocabulary)
        case .cap:
            declareMetrics(&vocabulary)
            declareParts(&vocabulary)
        case .everything: declareEverything(&vocabulary)
        case .step(let play):
            declareEverything(&vocabulary)
            record(
                &vocabulary, "step", ["done": .bool, "skipped": .bool], among: names.steps[play] ?? [])
        }
        return vocabulary
    }

    /// `event.<field>` of one event type.
    func event(_ type: String) -> Vocabulary {
        var vocabulary = Vocabulary()
        for field in names.eventFields[type] ?? [] {
            vocabulary.declare("event.\(field.id)", field.kind.type)
        }
        return vocabulary
    }

    /// `entity.<field>` of one kind, as it stood at some instant: no days are counted there.
    func past(_ kind: String) -> Vocabulary {
        var vocabulary = Vocabulary()
        for field in names.entityFields[kind] ?? [] { vocabulary.declare("entity.\(field.id)", field.kind.type) }
        return vocabulary
    }

    /// `entity.<field>` of one kind and the fields of its account, whose days are counted from a clock's start.
    func target(_ kind: String) -> Vocabulary {
        var vocabulary = past(kind)
        declareAccount(&vocabulary, withSegment: true)
        return vocabulary
    }

    /// `entity.<field>` of one kind, `now`, and `days_since` of its instants.
    ///
    /// `days_since(entity.due_at)` is compiled as `days_since("due_at")`, so that the engine answers with
    /// local days.
    func entity(_ kind: String) -> Vocabulary {
        var vocabulary = Vocabulary()
        let fields = names.entityFields[kind] ?? []
        for field in fields { vocabulary.declare("entity.\(field.id)", field.kind.type) }
        vocabulary.declare("now", .timestamp)
        call(&vocabulary, "days_since", .int, among: fields.filter { $0.kind == .instant }.map(\.id))
        return vocabulary
    }
}

extension Vocabularies {
    private func declareAccount(_ vocabulary: inout Vocabulary, withSegment: Bool) {
        for field in names.accountFields where withSegment || field.id != "segment" {
            vocabulary.declare("account.\(field.id)", field.kind.type)
        }
        vocabulary.declare("account.tenure_days", .int)
        call(&vocabulary, "days_until", .int, among: names.dateFields)
        call(&vocabulary, "days_since", .int, among: names.dateFields)
    }

    /// What people said, and who is there. Flags and contact roles are named by those who use them.
    private func declarePeople(_ vocabulary: inout Vocabulary) {
        vocabulary.declareLiteralCall("flag", resolve: { isID($0) ? .bool : nil }, names: { [] })
        vocabulary.declareLiteralCall(
            "contact", fields: ["known": .bool, "days_since_touch": .int], resolve: { isID($0) ? .dyn : nil },
            names: { [] })
        call(&vocabulary, "grade", .string, among: names.gradedMetrics)
    }

    private func declareMetrics(_ vocabulary: inout Vocabulary) {
        let names = names
        vocabulary.declareLiteralCall("m", resolve: { names.metricType($0) }, names: { names.metricTexts })
    }

    private func declareParts(_ vocabulary: inout Vocabulary) {
        call(&vocabulary, "component", .double, among: names.components)
        call(&vocabulary, "group", .double, among: names.groups)
    }

    private func declareEverything(_ vocabulary: inout Vocabulary) {
        declareMetrics(&vocabulary)
        declareParts(&vocabulary)
        for (field, type) in Self.health { vocabulary.declare("health.\(field)", type) }
        record(&vocabulary, "signal", ["open": .bool, "days_open": .int], among: names.signals)
        record(
            &vocabulary, "sla", ["running": .int, "breached": .int, "next_due": .timestamp], among: names.slaTexts)
        record(&vocabulary, "play", ["running": .bool, "ended": .bool, "days": .int], among: names.plays)
    }

    private static let health: [(String, Type)] = [
        ("score", .int), ("raw_score", .double), ("band", .string), ("coverage", .double), ("trend", .string),
        ("change_7d", .double), ("change_28d", .double), ("drop_7d_percent", .double),
        ("below_since_days", .int),
    ]

    private func call(_ vocabulary: inout Vocabulary, _ name: String, _ type: Type, among ids: [String]) {
        let known = Set(ids)
        vocabulary.declareLiteralCall(name, resolve: { known.contains($0) ? type : nil }, names: { ids })
    }

    private func record(
        _ vocabulary: inout Vocabulary, _ name: String, _ fields: [String: Type], among ids: [String]
    ) {
        let known = Set(ids)
        vocabulary.declareLiteralCall(
            name, fields: fields, resolve: { known.contains($0) ? .dyn : nil }, names: { ids })
    }
}

extension Vocabularies {
    /// What the conditions of such a thing may read, for the author who mentioned something else.
    static func explanation(of noun: String) -> String {
        let account = "the account's fields and dates, flags, grades, contacts"
        return switch noun {
        case "segment": "A segment may read the account's fields and dates, flags, grades and contacts."
        case "metric": "A metric's expression may read \(account) and other metrics."
        case "cap": "A cap may read \(account), metrics and the points of components and groups."
        case "clock": "The end of a clock may read the declared fields of its entity or event."
        case "target": "A target may read the declared fields of its entity, and the account's fields and dates."
        case "measure", "percentile": "A measure may read the declared fields of its event or entity."
        case "step", "exit":
            "\(capitalised(withArticle(noun))) may read \(account), metrics, health, SLAs, signals, plays and the steps of its play."
        case _: "\(capitalised(withArticle(noun))) may read \(account), metrics, health, SLAs, signals and plays."
        }
    }
}

extension Vocabularies.Scope {
    fileprivate var isSegment: Bool {
        switch self {
        case .segment: true
        case .metric, .cap, .everything, .step: false
        }
    }
}

extension AccountField.Kind {
    /// Declared but empty is null, hence the wrappers; dates are timestamps, which may be null anyway.
    fileprivate var type: Type {
        switch self {
        case .text, .choice: .wrapper(.string)
        case .number, .money: .wrapper(.double)
        case .whole: .wrapper(.int)
        case .flag: .wrapper(.bool)
        case .date: .timestamp
        }
    }
}

extension EventField.Kind {
    fileprivate var type: Type {
        switch self {
        case .text, .choice: .string
        case .number: .double
        case .whole: .int
        case .flag: .bool
        case .instant: .timestamp
        }
    }
}
