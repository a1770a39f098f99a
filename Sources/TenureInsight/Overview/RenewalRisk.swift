package import TenureCore
import TenureEngine

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
    package let parts: Ranked<Part>
    /// Hundredths a year.
    package let renewing: Int64
    package let atRisk: Int64
    /// Of the same contracts at the earlier instant.
    package let wasAtRisk: Int64
    /// Contracts of which nobody knows what they are worth: in no sum.
    package let unknown: Int

    package var move: Int64 { atRisk - wasAtRisk }

    init(_ slots: [Int], _ scan: OverviewScan, in quarter: ClosedRange<Day>) {
        var sum = Sum()
        let all = scan.table.renewals.elements
        for slot in slots {
            for (number, place) in scan.table.renewals.ranges[slot].enumerated() where quarter.contains(all[place].due) {
                sum.add(all[place].amount, scan.standing(slot))
                sum.parts.append(Self.place(all[place].amount, number, slot, scan.table))
            }
        }
        self.quarter = quarter
        (renewing, atRisk, wasAtRisk, unknown) = (sum.renewing, sum.atRisk, sum.wasAtRisk, sum.unknown)
        parts = Ranked(sum.parts) { item in
            let place = scan.table.renewals.ranges[item.slot].lowerBound + item.ordinal
            return Part(account: scan.account(item.slot), renewal: all[place], number: item.ordinal)
        }
    }

    private struct Sum {
        var (renewing, atRisk, wasAtRisk): (Int64, Int64, Int64) = (0, 0, 0)
        var unknown = 0
        var parts: [Placed] = []

        mutating func add(_ amount: Int64?, _ standing: Standing) {
            guard let amount else { return unknown += 1 }
            renewing = saturatingAdd(renewing, amount)
            if standing.isAtRisk { atRisk = saturatingAdd(atRisk, amount) }
            if standing.wasAtRisk { wasAtRisk = saturatingAdd(wasAtRisk, amount) }
        }
    }
}

// MARK: - Places in their order

extension RenewalRisk {
    private static func place(_ amount: Int64?, _ number: Int, _ slot: Int, _ table: AccountTable) -> Placed {
        Placed(
            number: amount.map { 0 &- $0 }, text: table.idPlace(of: slot), id: idPlace(of: String(number)), slot: slot,
            ordinal: number)
    }

    /// Of a renewal's number as a text: its first bytes, which are all of a number with up to eight digits.
    package static func idPlace(of text: String) -> Int64 {
        let head = Array(text.utf8.prefix(8))
        return (head + Array(repeating: 0, count: 8 - head.count)).reduce(0) { $0 << 8 | Int64($1 & 0x7F) }
    }
}
