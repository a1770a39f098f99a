package import TenureCore
package import TenureEngine
package import TenureProgramme

/// Whether an account that left had been seen leaving: churn without an alert is a surprise.
package enum ChurnWarning {
    package static let days: Int64 = 90

    /// - Parameters:
    ///   - decisions: of the account, in any order.
    ///   - noticed: when it said that it leaves, or left.
    package static func stood(_ decisions: [Decision], before noticed: Instant, _ programme: Programme) -> Bool {
        let risks = Set(programme.signals.filter { $0.severity != .opportunity }.map { ID<Signal>($0.id) })
        let since = noticed + -days * Milliseconds.day
        var open: Set<ID<Signal>> = []
        for decision in decisions.sorted(by: { $0.at < $1.at }) where decision.at <= noticed {
            guard case .signal(let signal) = decision.what, risks.contains(ID(signal.signal)) else { continue }
            switch signal {
            case .raised(let id):
                if decision.at >= since { return true }
                open.insert(ID(id))
            case .cleared(let id), .markedFalse(let id, _, _, _):
                // What closes inside the window stood in it.
                if decision.at >= since, open.contains(ID(id)) { return true }
                open.remove(ID(id))
            case .takenBack(let id, _, .falseAlarm): open.insert(ID(id))
            case .holding, .held, .withheld, .acknowledged, .snoozed, .confirmed, .takenBack: break
            }
        }
        return !open.isEmpty
    }
}
