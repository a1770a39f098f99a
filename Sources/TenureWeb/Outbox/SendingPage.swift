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
    let limits: [Limits]

    struct Limits {
        let id: String
        let title: String
        /// Which zone's hours and days are meant.
        let zone: String
        let quietHours: String
        let dayMax: String
        let weekMax: String
        let countMax: Int
    }

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
        _ limits: [(Readership, OutgoingLimits)], _ zone: ZoneRules
    ) {
        self.shell = shell
        self.formToken = formToken
        stopped = rules.stop.map { $0.words(zone) }
        testRecipient = rules.testRecipient
        suppressions = found.map { address, order in
            Suppression(address: address, reason: order.reason, by: order.by, at: Wording.instant(order.at, zone))
        }
        hasSuppressions = !suppressions.isEmpty
        self.limits = limits.map { Limits($0, $1, zone) }
    }
}

extension SendingPage.Limits {
    fileprivate init(_ readership: Readership, _ limits: OutgoingLimits, _ zone: ZoneRules) {
        id = readership.rawValue
        title = readership == .contacts ? "Customers' people" : "Your own people"
        self.zone = readership == .contacts ? "the account's time zone" : zone.name
        quietHours = limits.quietHours?.text ?? ""
        dayMax = limits.dayMax.map(String.init) ?? ""
        weekMax = limits.weekMax.map(String.init) ?? ""
        countMax = OutgoingLimits.countRange.upperBound
    }
}

extension StandingOrder {
    /// `Maintenance (ada, 9 Mar 2026, 11:00)`.
    /// Of one that the command line gave, the reason alone.
    func words(_ zone: ZoneRules) -> String { by.isEmpty ? reason : "\(reason) (\(by), \(Wording.instant(at, zone)))" }
}
