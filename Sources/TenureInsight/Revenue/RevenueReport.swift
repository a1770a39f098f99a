package import TenureCore
package import TenureEngine
package import TenureProgramme

/// Recurring revenue of a period over a closed cohort: every figure is a sum over the rows.
package struct RevenueReport: Sendable {
    package let period: RevenuePeriod
    /// Ascending by account.
    package private(set) var rows: [RevenueRow]
    /// Accounts that are in no figure, ascending.
    package private(set) var gaps: [RevenueGap]

    package init(_ accounts: [(id: AccountID, ledger: RevenueLedger)], _ programme: Programme, _ period: RevenuePeriod) {
        var (rows, gaps): ([RevenueRow], [RevenueGap]) = ([], [])
        for account in accounts {
            switch RevenueRow.read(AccountRevenue(account.ledger, programme), of: account.id, in: period) {
            case .success(let row): rows.append(row)
            case .failure(let gap): gaps.append(gap)
            }
        }
        self.init(period: period, rows: rows.sorted { $0.account < $1.account }, gaps: gaps.sorted { $0.account < $1.account })
    }

    private init(period: RevenuePeriod, rows: [RevenueRow], gaps: [RevenueGap]) {
        self.period = period
        self.rows = rows
        self.gaps = gaps
    }

    package func total(_ figure: RevenueFigure) -> RevenueShare {
        rows.reduce(.nothing) { sum, row in figure.share(of: row).map { sum + $0 } ?? sum }
    }

    /// The accounts behind a figure, each with what it brings.
    package func cohort(_ figure: RevenueFigure) -> [(row: RevenueRow, share: RevenueShare)] {
        rows.compactMap { row in figure.share(of: row).map { (row, $0) } }
    }

    /// The same report over some of the accounts: what belongs to a group sums to the whole.
    package func filtered(_ isWanted: (AccountID) -> Bool) -> RevenueReport {
        RevenueReport(
            period: period, rows: rows.filter { isWanted($0.account) }, gaps: gaps.filter { isWanted($0.account) })
    }

    /// One report for each group of accounts, in one walk however many there are.
    package func split(_ groups: [[AccountID]]) -> [RevenueReport] {
        var places: [AccountID: Int] = [:]
        for (place, members) in groups.enumerated() { for member in members { places[member] = place } }
        var reports = groups.map { _ in RevenueReport(period: period, rows: [], gaps: []) }
        for row in rows { if let place = places[row.account] { reports[place].rows.append(row) } }
        for gap in gaps { if let place = places[gap.account] { reports[place].gaps.append(gap) } }
        return reports
    }

    /// Accounts of the cohort that stopped paying, whose alerts somebody has to look up.
    package var churned: [RevenueRow] { rows.filter(\.isChurned) }

    /// - Parameter warned: by account, whether an alert stood before it left.
    package func knowing(warned: [AccountID: Bool]) -> RevenueReport {
        var report = self
        for index in report.rows.indices { report.rows[index].wasWarned = warned[report.rows[index].account] }
        return report
    }
}
