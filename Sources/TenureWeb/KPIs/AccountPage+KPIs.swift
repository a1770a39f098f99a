import TenureCore
import TenureInsight
import TenureProgramme

extension AccountPage {
    /// The metric behind a KPI of the account on a day, or at the close of the one that it is compared with.
    ///
    /// - Parameter isPast: the day is closed, and not the one that is running.
    static func link(_ account: String, _ day: Day, isPast: Bool = false) -> (KPIReading, _ isBefore: Bool) -> String {
        { reading, isBefore in
            guard let metric = reading.kpi.metrics.first else { return Links.account(account) }
            if !isBefore { return Links.metric(account, metric.text, on: isPast ? day : nil) }
            // A day that was not kept has no page.
            let earlier = day + -Int32(reading.kpi.trendDays)
            return reading.then.accounts > 0 ? Links.metric(account, metric.text, on: earlier) : Links.account(account)
        }
    }
}
