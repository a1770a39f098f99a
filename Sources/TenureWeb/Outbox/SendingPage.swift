import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Whether anything leaves, to whom, and to whom not.
struct SendingPage {
    let shell: Shell
    let formToken: String
    let stopped: String?
    let testRecipient: String?
    let suppressions: [Suppression]
    let hasSuppressions: Bool

    struct Suppression {
        let address: String
        let reason: String
        let by: String
        let at: String
    }
}

extension SendingPage {
    init(
        shell: Shell, formToken: String, _ rules: OutgoingRules, _ found: [(address: String, order: StandingOrder)],
        _ zone: ZoneRules
    ) {
        self.shell = shell
        self.formToken = formToken
        stopped = rules.stop.map { $0.words(zone) }
        testRecipient = rules.testRecipient
        suppressions = found.map { address, order in
            Suppression(address: address, reason: order.reason, by: order.by, at: Wording.instant(order.at, zone))
        }
        hasSuppressions = !suppressions.isEmpty
    }
}

extension StandingOrder {
    /// `Maintenance (ada, 9 Mar 2026, 11:00)`.
    /// Of one that the command line gave, the reason alone.
    func words(_ zone: ZoneRules) -> String { by.isEmpty ? reason : "\(reason) (\(by), \(Wording.instant(at, zone)))" }
}
