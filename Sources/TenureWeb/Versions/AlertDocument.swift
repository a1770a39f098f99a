import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The alerts of two versions over the recorded past as JSON.
struct AlertDocument {
    private let alerts: AlertComparison
    private let plan: Plan
    private let reference: (AccountState) -> JSON

    private static let accountsMax = 10
    private static let alertsMax = 5

    init(_ plan: Plan, old: CompiledProgramme, new: CompiledProgramme, reference: @escaping (AccountState) -> JSON) {
        self.plan = plan
        self.reference = reference
        let accounts = plan.past.replayed.compactMap { account, course -> ComparedAccount? in
            guard let state = plan.past.states[account] else { return nil }
            let profile = state.observations.profile
            return ComparedAccount(
                account, name: profile["name"]?.string ?? account.text, arr: profile["arr"]?.number,
                zone: old.zone(of: state.observations), created: state.created, notice: plan.past.notices[account],
                recorded: plan.past.recorded[account] ?? Course(), replayed: course)
        }
        alerts = AlertComparison(
            accounts, old: old.signals.map(\.signal), new: new.signals.map(\.signal), window: plan.window)
    }

    // MARK: What they cost, and what they bring

    var outcomes: JSON {
        [
            "recorded": outcome(alerts.recorded), "replayed": outcome(alerts.replayed),
            "precision_change": change(alerts.precisionChange), "recall_change": change(alerts.recallChange),
        ]
    }

    private func outcome(_ side: VersionAlerts) -> JSON {
        let weeks = Double(plan.window.upperBound - plan.window.lowerBound) / Double(7 * Milliseconds.day)
        let (precision, inTime) = (side.precision, side.warnedInTime)
        return [
            "alerts": .int(Int64(side.opened)), "alerts_per_week": .double(weeks > 0 ? Double(side.opened) / weeks : 0),
            "accounts_alerted": .int(Int64(side.accountsAlerted)),
            "alerts_without_notice": .int(Int64(side.opened(withoutNotice: alerts.accounts))),
            "alerts_pending": .int(Int64(side.pending)), "precision": precision.document,
            "notices": .int(Int64(side.notices)), "notices_judged": .int(Int64(inTime.whole)),
            "warned_60_days_before": .int(Int64(inTime.part)), "warned_before": .int(Int64(side.warned.part)),
            "recall": inTime.document,
        ]
    }

    /// In points of percent; null: on one side there is nothing to judge by.
    private func change(_ change: ShareChange?) -> JSON {
        guard let change else { return .null }
        return [
            "points": .double(Estimate.percent(change.change)),
            "low": change.range.map { .double(Estimate.percent($0.lowerBound)) } ?? .null,
            "high": change.range.map { .double(Estimate.percent($0.upperBound)) } ?? .null,
        ]
    }

    // MARK: What became of each

    var matches: JSON {
        [
            "recorded": counts(alerts.recorded, but: .gained), "replayed": counts(alerts.replayed, but: .lost),
            "lost": list(alerts.lost), "gained": list(alerts.gained),
        ]
    }

    private func counts(_ count: (EpisodeClass) -> Int, but left: EpisodeClass) -> JSON {
        .object(
            JSONObject(
                EpisodeClass.allCases.filter { $0 != left }.map { .init($0.rawValue, .int(Int64(count($0)))) }))
    }

    private func list(_ found: [(account: ComparedAccount, alerts: [SignalAlert])]) -> JSON {
        [
            "accounts": .int(Int64(found.count)), "items": .array(found.prefix(Self.accountsMax).map(item)),
            "more": .int(Int64(max(0, found.count - Self.accountsMax))),
        ]
    }

    private func item(_ found: (account: ComparedAccount, alerts: [SignalAlert])) -> JSON {
        let state = plan.past.states[found.account.account]
        return [
            "account": state.map(reference) ?? .string(found.account.name), "notice": JSON(found.account.notice?.text),
            "alerts": .array(
                found.alerts.prefix(Self.alertsMax).map { alert in
                    [
                        "signal": .string(alert.signal), "opened": .string(alert.days.lowerBound.text),
                        "until": .string(alert.days.upperBound.text),
                    ]
                }), "more": .int(Int64(max(0, found.alerts.count - Self.alertsMax))),
        ]
    }
}
