package import TenureCore

/// A small heap of facts about one account, as awkward as the intake lets through: ties in time, two senders
/// that use the same ids, days on which clocks change, the edge of the lateness window, facts taken back.
package struct RandomFacts {
    private var numbers: SeededNumbers
    private let start: Instant
    /// Only two instants, no delays and few ids: nearly everything ties with something.
    private let isNarrow: Bool
    package private(set) var facts: [Fact] = []

    package init(seed: Int) {
        numbers = SeededNumbers(seed)
        start = numbers.pick(
            ["2026-03-20T00:00:00Z", "2026-10-15T00:00:00Z", "2026-06-01T00:00:00Z"].map { instant($0) })
        isNarrow = numbers.oneIn(3)
        for index in 0..<(3 + numbers.below(12)) { add(fact(index)) }
        for index in facts.indices where numbers.oneIn(9) { facts.append(retraction(of: facts[index])) }
    }

    /// One sender never gives two facts one id; two senders may.
    private mutating func add(_ fact: Fact) {
        if !facts.contains(where: { $0.source == fact.source && $0.id == fact.id }) { facts.append(fact) }
    }

    private mutating func fact(_ index: Int) -> Fact {
        let occurred = start + instantOffset()
        let (type, data) = content()
        return Fact(
            occurred: occurred, recorded: occurred + lateness(), source: numbers.pick(["app", "crm"]),
            id: "e\(isNarrow ? numbers.below(5) : numbers.oneIn(3) ? numbers.below(4) : index + 4)",
            account: "acc_1", type: type,
            member: numbers.pick([nil, "ann", "bob", "cyd"]), data: data)
    }

    private mutating func retraction(of fact: Fact) -> Fact {
        var taken = fact
        taken.id = "back-\(fact.id)"
        taken.recorded = fact.recorded + 1000
        taken.data = [:]
        taken.operation = .retract(id: fact.id)
        return taken
    }

    /// Few instants, so that ties are common; some at local midnight, some inside the hour that a clock skips
    /// or repeats.
    private mutating func instantOffset() -> Int64 {
        if isNarrow { return Int64(numbers.below(2)) * 20 * Milliseconds.hour }
        let day = numbers.oneIn(3) ? Int64(9 + numbers.below(3)) : Int64(numbers.below(40))
        let hour = numbers.pick([0, 0, 1, 1, 2, 12, 22, 23]) as Int64
        return day * Milliseconds.day + hour * Milliseconds.hour + (numbers.oneIn(4) ? -1 : 0)
    }

    private mutating func lateness() -> Int64 {
        if isNarrow { return 0 }
        return switch numbers.below(8) {
        case 0: latenessWindowMilliseconds
        case 1: latenessWindowMilliseconds + 1
        case 2: latenessWindowMilliseconds - 1
        case 3: Int64(numbers.below(30)) * Milliseconds.day
        case _: Int64(numbers.below(3)) * Milliseconds.second
        }
    }

    private mutating func content() -> (String, JSONObject) {
        switch numbers.below(12) {
        case 0, 1: ("session.started", ["minutes": numbers.pick([0, 5, -5, 2.5, 12])])
        case 2, 3:
            (
                "feature.used",
                ["feature": numbers.pick(["boards", "reports", "other"]), "count": numbers.pick([1, 3])]
            )
        case 4:
            (
                "error.logged",
                ["latency": numbers.pick([0, 0.5, 37, 900, -1]), "severity": numbers.pick(["high", "low"])]
            )
        case 5, 6: ("invoice.updated", invoice())
        case 7:
            ("meeting.held", ["contact": numbers.pick(["k1", "k2"]), "attendees": [["role": "sponsor"]]])
        case 8: contact()
        case 9: judgement()
        case 10:
            (
                numbers.pick([FactType.flagRaised, FactType.flagCleared]),
                ["flag": numbers.pick(["escalated", "freeze"])]
            )
        case _: account()
        }
    }

    private mutating func invoice() -> JSONObject {
        var data: JSONObject = ["invoice": numbers.pick(["i1", "i2"])]
        if numbers.oneIn(2) { data["amount"] = numbers.pick([10, 99.5, 1200]) }
        if numbers.oneIn(2) { data["status"] = numbers.pick(["open", "paid", "open"]) }
        if numbers.oneIn(2) {
            data["due_at"] = numbers.pick(["2026-03-29T01:30:00Z", "2026-06-02T22:00:00Z"])
        }
        return data
    }

    private mutating func contact() -> (String, JSONObject) {
        var data: JSONObject = ["contact": numbers.pick(["k1", "k2"])]
        if numbers.oneIn(2) {
            data["role"] = numbers.pick(["sponsor", "admin"])
        } else {
            data["left"] = numbers.pick([true, false])
        }
        return (FactType.contactChanged, data)
    }

    private mutating func judgement() -> (String, JSONObject) {
        switch numbers.below(4) {
        case 0:
            (
                FactType.gradeGiven,
                ["metric": "relationship", "grade": numbers.pick(["poor", "fair", "strong"])]
            )
        case 1:
            (
                FactType.gradeGiven,
                ["component": "use.users", "points": numbers.pick([20, 80]), "expires_days": 20]
            )
        case 2: (FactType.gradeGiven, ["group": "trust", "points": numbers.pick([33, 66.6])])
        case _: (FactType.pulseGiven, ["points": numbers.pick([1, 100])])
        }
    }

    private mutating func account() -> (String, JSONObject) {
        if numbers.oneIn(4) {
            return (FactType.ownerAssigned, ["role": "csm", "person": numbers.pick(["p1", "p2"])])
        }
        var data: JSONObject = [:]
        data[numbers.pick(["tier", "stage", "csm"])] = numbers.pick(["a", "b", nil])
        data["arr"] = numbers.pick([1000, 2000.5])
        return (FactType.accountChanged, data)
    }
}

extension Fact {
    /// Facts that a newer one replaces: told twice, they say the same.
    package var isIdempotent: Bool {
        switch type {
        case FactType.accountChanged, FactType.ownerAssigned, FactType.contactChanged, FactType.gradeGiven,
            FactType.pulseGiven, FactType.flagRaised, FactType.flagCleared:
            true
        default: operation != .append
        }
    }
}
