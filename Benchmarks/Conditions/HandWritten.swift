/// A condition of a programme, and the same written by hand.
struct Pair: Sendable {
    let programme: String
    let signal: String
    /// nil: unknown, as CEL's.
    let closure: @Sendable (Sample) -> Bool?
}

extension Pair {
    /// Twelve conditions of the packs: each kind of value, each connective, from one comparison to five.
    static let all: [Pair] = [
        Pair(programme: "starter", signal: "low_adoption") {
            both($0.tenureDays.atLeast(30), $0.breadth.below(30))
        },
        Pair(programme: "csos", signal: "sponsor_disengaged") { account in
            both(
                account.wantsAlerts != false,
                either(
                    both(account.sponsorTouches.map { $0 == 0 }, account.tenureDays.above(60)),
                    both(account.isSponsorVacant, account.tenureDays.atLeast(7))))
        },
        Pair(programme: "starter", signal: "health_drop") { account in
            both(both(account.tenureDays.atLeast(30), account.drop.atLeast(20)), account.change.atMost(-8))
        },
        Pair(programme: "starter", signal: "support_pressure") {
            either($0.criticalTickets.atLeast(2), $0.escalations.atLeast(2))
        },
        Pair(programme: "starter", signal: "sponsor_missing") { both($0.tenureDays.atLeast(30), $0.isSponsorVacant) },
        Pair(programme: "starter", signal: "onboarding_stalled") { account in
            both(
                both(account.tenureDays.below(90), account.isActivated.map { !$0 }),
                account.daysSinceProgress.atLeast(5))
        },
        Pair(programme: "starter", signal: "renewal_near") {
            both($0.daysUntilTermEnd.atLeast(0), $0.daysUntilTermEnd.atMost(120))
        },
        Pair(programme: "starter", signal: "expansion_ready") { account in
            both(
                both(account.tenureDays.atLeast(60), account.score.atLeast(80)),
                either(account.licenceUse.atLeast(90), account.limitUse.atLeast(85)))
        },
        Pair(programme: "starter", signal: "advocate_ready") { account in
            both(
                both(both(account.tenureDays.atLeast(60), account.score.atLeast(80)), account.nps.atLeast(50)),
                account.criticalTickets.map { $0 == 0 })
        },
        Pair(programme: "claresia", signal: "uptime_below_sla") { account in
            either(
                both(account.mode == "A", account.uptime.below(99.5)),
                both(account.mode == "B", account.uptime.below(99.9)))
        },
        Pair(programme: "claresia", signal: "rollout_behind") { account in
            both(
                both(account.segment == "dainese_class", account.tenureDays.atLeast(90)), account.coverage.below(100))
        },
        Pair(programme: "maestro", signal: "reference_potential") {
            both($0.willingness.atLeast(75), $0.isReference != true)
        },
    ]
}

extension Optional where Wrapped: Comparable {
    fileprivate func atLeast(_ bound: Wrapped) -> Bool? { map { $0 >= bound } }
    fileprivate func above(_ bound: Wrapped) -> Bool? { map { $0 > bound } }
    fileprivate func atMost(_ bound: Wrapped) -> Bool? { map { $0 <= bound } }
    fileprivate func below(_ bound: Wrapped) -> Bool? { map { $0 < bound } }
}

/// `&&` of three values: false decides, whatever the other.
private func both(_ left: Bool?, _ right: @autoclosure () -> Bool?) -> Bool? {
    if left == false { return false }
    let right = right()
    return right == false ? false : left == nil ? nil : right
}

/// `||` of three values: true decides.
private func either(_ left: Bool?, _ right: @autoclosure () -> Bool?) -> Bool? {
    if left == true { return true }
    let right = right()
    return right == true ? true : left == nil ? nil : right
}
