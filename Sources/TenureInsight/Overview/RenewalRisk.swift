package import TenureCore
import TenureEngine
import TenureProgramme

/// What the contracts that run out in one quarter put at stake: how much of it, and how much of the same contracts at an
/// earlier instant.
package struct RenewalRisk: Sendable {
    package struct Part: Sendable {
        package let account: OverviewAccount
        package let renewal: DueRenewal
        /// Its place among the account's.
        package let number: Int

        package var row: AccountRow { account.row }
        package var isAtRisk: Bool { account.isAtRisk }
        package var wasAtRisk: Bool { account.wasAtRisk }
    }

    package let quarter: ClosedRange<Day>
    /// The largest amount first.
    package let parts: [Part]

    init(_ accounts: [OverviewAccount], in quarter: ClosedRange<Day>) {
        self.quarter = quarter
        let parts = accounts.flatMap { account in
            account.row.renewals.enumerated().filter { quarter.contains($1.due) }.map { number, renewal in
                Part(account: account, renewal: renewal, number: number)
            }
        }
        self.parts = parts.largestFirst({ $0.renewal.amount ?? -1 }, { $0.row.id })
    }

    /// Hundredths a year.
    package var renewing: Int64 { Self.sum(parts) }
    package var atRisk: Int64 { Self.sum(parts.filter(\.isAtRisk)) }
    /// Of the same contracts at the earlier instant.
    package var wasAtRisk: Int64 { Self.sum(parts.filter(\.wasAtRisk)) }
    package var move: Int64 { atRisk - wasAtRisk }
    /// Contracts of which nobody knows what they are worth: in no sum.
    package var unknown: Int { parts.count { $0.renewal.amount == nil } }

    private static func sum(_ parts: [Part]) -> Int64 { parts.reduce(0) { saturatingAdd($0, $1.renewal.amount ?? 0) } }
}
