import CEL
import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme

/// Some months of one account under any programme: events of every declared type with fields as its conditions ask for
/// them, judgements, flags, people; some of them late, some taken back.
struct RandomHistory {
    let programme: CompiledProgramme
    /// In the order in which they were recorded.
    private(set) var facts: [Fact] = []
    private var numbers: SeededNumbers
    private let words: Words
    private let start = instant("2026-03-02T00:00:00Z")
    /// Noon after the last day.
    let end: Instant

    init(_ programme: CompiledProgramme, seed: Int, days: Int, perDay: Int = 4) {
        self.programme = programme
        numbers = SeededNumbers(seed)
        words = Words(programme.programme)
        end = start + Int64(days) * Milliseconds.day + Milliseconds.hour * 12
        record(FactType.accountChanged, words.account(&numbers), member: nil, at: start)
        for day in 0..<days {
            // Silence is part of a life: some days, and some weeks, bring nothing.
            guard !numbers.oneIn(4), seed % 3 != 0 || day / 7 % 3 != 2 else { continue }
            for _ in 0..<(1 + numbers.below(perDay)) { add(on: day) }
        }
        facts = facts.filter { $0.recorded < end }.sorted { $0.recorded < $1.recorded }
    }

    private mutating func add(on day: Int) {
        let occurred =
            start + Int64(day) * Milliseconds.day + Int64(numbers.below(86_400)) * Milliseconds.second
        let member = numbers.pick(["ann", "bob", "cyd", "dan", nil])
        if numbers.oneIn(12), let known = facts.last, known.operation == .append, known.type != FactType.accountChanged {
            return takeBack(known, at: occurred)
        }
        let (type, data) = words.content(&numbers)
        record(type, data, member: member, at: occurred)
    }

    private mutating func record(_ type: String, _ data: JSONObject, member: String?, at occurred: Instant) {
        let late = numbers.oneIn(10) ? Int64(numbers.below(5 * 86_400)) * Milliseconds.second : 0
        facts.append(
            Fact(
                occurred: occurred, recorded: occurred + late, source: numbers.pick(["app", "crm"]),
                id: "e\(facts.count)", account: "acc_1", type: type, member: member, data: data))
    }

    private mutating func takeBack(_ fact: Fact, at occurred: Instant) {
        var taken = fact
        taken.id = "back-\(fact.id)"
        taken.recorded = max(fact.recorded, occurred) + 1
        taken.data = [:]
        taken.operation = .retract(id: fact.id)
        facts.append(taken)
    }
}

extension RandomHistory {
    /// The account as a server lives through it: a block for each fact, a tick each midnight. Gives the readings of
    /// the closed days, and the state at the end.
    func lived(_ facts: [Fact]) -> Life {
        var ledger = Ledger(programme)
        // Others keep all sources alive: silence of this account alone makes nothing stale.
        for type in programme.programme.events { ledger.workspace.lastRecorded[type.type] = end }
        ledger.workspace.lastActivity = end
        ledger.state.created = start
        ledger.turn(start)
        var taken: [Fact] = []
        for fact in facts {
            ledger.turn(fact.recorded, [fact], history: taken)
            taken.append(fact)
        }
        ledger.turn(end)
        return Life(ledger: ledger, end: end)
    }
}

struct Life {
    let ledger: Ledger
    let end: Instant

    var snapshot: Snapshot { ledger.snapshot(at: end) }

    /// By day, each with the reading with which it was closed.
    var days: [(day: Day, reading: HealthReading)] {
        ledger.decisions.compactMap {
            if case .health(.dayClosed(let day, let reading, _, _)) = $0.what { (day, reading) } else { nil }
        }
    }
}

/// What facts under a programme may say.
private struct Words {
    let programme: Programme
    private let texts: [String]
    private let flags: [String]
    private let scales: [(metric: String, steps: [GradeStep])]

    init(_ programme: Programme) {
        self.programme = programme
        let conditions =
            programme.metrics.flatMap { Self.conditions($0.measure) } + programme.health.caps.map(\.when)
        texts = Array(Set(conditions.flatMap { Self.literals($0.source) })).sorted()
        flags = conditions.flatMap { condition in
            condition.program.references.compactMap {
                if case .literalCall("flag", let name, _) = $0 { name } else { nil }
            }
        }
        scales = programme.metrics.compactMap {
            if case .grade(let steps) = $0.measure, !steps.isEmpty { ($0.id, steps) } else { nil }
        }
    }

    private static func conditions(_ measure: Measure) -> [Condition] {
        switch measure {
        case .sum(let sum), .monthSum(let sum), .last(let sum), .percentile(let sum, _):
            [sum.filter.when, sum.value].compactMap { $0 }
        case .distinct(let measure): [measure.filter.when, measure.of].compactMap { $0 }
        case .newestOfEach(let measure): [measure.sum.filter.when, measure.sum.value, measure.each].compactMap { $0 }
        case .ratio(let of, let to, _): [of.filter.when, of.value, to.filter.when, to.value].compactMap { $0 }
        case .daysSince(let filter), .daysSinceFirst(let filter): [filter.when].compactMap { $0 }
        case .entities(let entities): [entities.value, entities.when].compactMap { $0 }
        case .expression(let condition): [condition]
        case .activeMembers, .stickiness, .activeDays, .featureBreadth, .featureUses, .activeWeeks, .daysSinceUse, .change, .grade, .attainment: []
        }
    }

    /// The texts in quotes.
    private static func literals(_ source: String) -> [String] {
        source.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }

    func content(_ numbers: inout SeededNumbers) -> (String, JSONObject) {
        switch numbers.below(24) {
        case 0 where !scales.isEmpty:
            let scale = numbers.pick(scales)
            let step = numbers.pick(scale.steps).id
            return (FactType.gradeGiven, ["metric": .string(scale.metric), "grade": .string(step)])
        case 1: return (FactType.gradeGiven, judgement(&numbers))
        case 2 where !flags.isEmpty:
            let type = numbers.oneIn(3) ? FactType.flagRaised : FactType.flagCleared
            return (type, ["flag": .string(numbers.pick(flags))])
        case 3:
            let role = numbers.pick(["sponsor", "champion", "admin"])
            return (FactType.contactChanged, ["contact": .string("k-\(role)"), "role": .string(role)])
        case 4: return (FactType.accountChanged, account(&numbers))
        case _:
            let type = numbers.pick(programme.events)
            return (type.type, data(type, &numbers))
        }
    }

    private func judgement(_ numbers: inout SeededNumbers) -> JSONObject {
        let group = numbers.pick(programme.health.groups)
        let component = "\(group.id).\(numbers.pick(group.components).id)"
        let name: (String, String) = numbers.oneIn(3) ? ("group", group.id) : ("component", component)
        return [
            name.0: .string(name.1), "points": .int(Int64(numbers.below(101))),
            "expires_days": .int(Int64(3 + numbers.below(15))),
        ]
    }

    func account(_ numbers: inout SeededNumbers) -> JSONObject {
        var data: JSONObject = [
            "seats": .int(Int64(2 + numbers.below(8))), "arr": .double(Double(1 + numbers.below(90)) * 1000),
            "term_start": "2026-01-15", "term_end": "2026-12-31",
        ]
        for field in programme.accountFields {
            switch field.kind {
            case .number, .money: data[field.id] = .double(Double(numbers.below(2000)) / 10)
            case .whole: data[field.id] = .int(Int64(1 + numbers.below(40)))
            case .flag: data[field.id] = .bool(numbers.oneIn(2))
            case .text, .choice, .date: break
            }
        }
        return data
    }

    private func data(_ type: EventType, _ numbers: inout SeededNumbers) -> JSONObject {
        var data: JSONObject = [:]
        for field in type.fields where field.isRequired || !numbers.oneIn(4) {
            data[field.id] = value(field.kind, &numbers)
        }
        if let feature = type.featureField, !programme.features.isEmpty {
            data[feature] = .string(numbers.pick(programme.features).id)
        }
        if let key = type.entity?.keyField { data[key] = .string("x\(numbers.below(4))") }
        if numbers.oneIn(4) { data["role"] = .string(numbers.pick(["sponsor", "champion"])) }
        return data
    }

    private func value(_ kind: EventField.Kind, _ numbers: inout SeededNumbers) -> JSON {
        switch kind {
        case .number: .double(Double(numbers.pick([0, 1, 5, 9, 30, 75, 100, numbers.below(400)])))
        case .whole: .int(Int64(numbers.pick([0, 1, 3, 9, 10, numbers.below(60)])))
        case .flag: .bool(numbers.oneIn(2))
        case .choice(let choices): .string(numbers.pick(choices))
        case .text: .string(numbers.pick(texts.isEmpty ? ["a", "b"] : texts))
        case .instant:
            .string((instant("2026-03-01T00:00:00Z") + Int64(numbers.below(90)) * Milliseconds.day).text)
        }
    }
}
