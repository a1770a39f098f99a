import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

enum KPIPages {
    static let routes: [Route] = [.page("/portfolio/kpis/{kpi}") { call, visitor in try await one(call, visitor) }]

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try PortfolioQuery(call, visitor.workspace, others: ["cursor"])
        let kpi = try call.kpi(visitor.workspace)
        return try await KPIPage.answer(call, visitor, "kpi", title: kpi.title) { shell, workspace, store in
            let portfolio = try query.portfolio(workspace, store)
            let found = workspace.kpis([kpi], of: portfolio)
            guard let reading = found.readings.first else { throw Problem(.unavailable, "The KPI cannot be shown.") }
            return try KPIPage(
                shell: shell, reading: reading, rows: KPIAccount.all(kpi, found, portfolio), portfolio.programme.programme,
                query: query, workspace.keys)
        }
    }
}
