import TenureCore
import TenureEngine
package import TenureInsight
import TenureProgramme
import TenureRuntime
package import TenureStore

/// Which accounts, which period, and by which field they are cut.
struct PortfolioQuery: Sendable {
    static let names: Set<String> = ["from", "to", "group"]

    let filter: PortfolioFilter
    let group: String?
    let period: RevenuePeriod
    /// Of the accounts or groups that a page shows; nil: the first ones.
    let cursor: String?
    private let isStandardPeriod: Bool

    /// - Parameters:
    ///   - names: those that mean something here, beside the filters.
    ///   - others: parameters that the caller reads itself.
    init(_ call: Call, _ workspace: Workspace, names: Set<String> = Self.names, others: Set<String> = []) throws {
        let fields = workspace.programme.programme.portfolioFields
        let programme = workspace.programme.programme
        let query = try call.query(allowing: names.union(PortfolioFilter.names(programme)).union(others))
        filter = try PortfolioFilter(query, programme)
        group = query.filled("group")
        if let group, !fields.contains(where: { isSame($0, group) }) {
            throw Problem(.invalidParameter, "group is one of " + fields.joined(separator: ", ") + ".")
        }
        cursor = query.filled("cursor")
        isStandardPeriod = query.filled("from") == nil && query.filled("to") == nil
        period = try Self.period(query, workspace)
    }

    private static func period(_ query: NamedTexts, _ workspace: Workspace) throws -> RevenuePeriod {
        let zone = workspace.programme.defaultZoneRules
        let to = try day(query, "to") ?? zone.day(at: workspace.now)
        let from = try day(query, "from") ?? to.adding(months: -12)
        guard let period = RevenuePeriod(from: from, to: to, zone: zone) else {
            throw Problem(.invalidParameter, "from is a day before to, at most \(RevenuePeriod.daysMax) days.")
        }
        return period
    }

    private static func day(_ query: NamedTexts, _ name: String) throws -> Day? {
        guard let text = query.filled(name) else { return nil }
        guard let day = Day(text: text), (1970...9000).contains(day.civil.year) else {
            throw Problem(.invalidParameter, "\(name) is a day such as 2026-03-09.")
        }
        return day
    }

    /// Blocks. Throws a problem where the field has so many values that groups say nothing.
    func portfolio(_ workspace: Workspace, _ store: any StateStore) throws -> Portfolio {
        let portfolio = try workspace.portfolio(store) { filter.takes($0) }
        if let group, portfolio.grouped(by: group).count > Self.groupsMax {
            throw Problem(.invalidParameter, "\(group) has more than \(Self.groupsMax) values: too many to group by.")
        }
        return portfolio
    }

    private static let groupsMax = 500

    /// The same question as an address; nil leaves the group out.
    func link(
        _ path: String, group: String?, adding field: (field: String, value: String?)? = nil, play: String? = nil, cursor: String? = nil
    ) -> String {
        let items: [(String, String?)] = isStandardPeriod ? [] : [("from", period.from.text), ("to", period.to.text)]
        return Links.with(path, items + filter(adding: field).items + [("group", group), ("play", play), ("cursor", cursor)])
    }

    /// The list of the accounts that are asked about.
    func accounts(adding field: (field: String, value: String?)? = nil, band: String? = nil) -> String {
        Links.with(Links.accounts, [("band", band)] + filter(adding: field).items)
    }

    private func filter(adding field: (field: String, value: String?)?) -> PortfolioFilter {
        field.map { filter.adding($0.field, $0.value) } ?? filter
    }

    func portfolio(_ workspace: Workspace) async throws -> Portfolio {
        try await workspace.read { try portfolio(workspace, $0) }
    }

    /// For a cursor, which belongs to one question.
    var identity: String { link("", group: group) + " \(period.from.text) \(period.to.text)" }
}

extension Portfolio {
    /// The report, with what was known before accounts left. Blocks.
    package func revenue(_ period: RevenuePeriod, _ store: any StateStore) throws -> RevenueReport {
        let report = revenue(period)
        let left = report.churned.compactMap { row in row.noticed.map { (row.account, $0) } }
        let warned = try left.map { account, noticed in
            let rows = try store.decisions(account: account, before: nil, limit: 20_000)
            let decisions = try rows.lazy.filter { $0.kind.hasPrefix("signal") }.map { try Decision(bytes: $0.bytes) }
            return (account, ChurnWarning.stood(Array(decisions), before: noticed, programme.programme))
        }
        return report.knowing(warned: Dictionary(warned) { first, _ in first })
    }
}
