import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

enum KPIPages {
    static let routes: [Route] = [.page("/portfolio/kpis/{kpi}") { call, visitor in try await one(call, visitor) }]

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        let query = try PortfolioQuery(call, workspace)
        let portfolio = try query.portfolio(workspace)
        let kpi = try call.kpi(workspace)
        let found = try await workspace.kpis([kpi], of: portfolio.accounts.map(\.state))
        guard let reading = found.readings.first else { throw Problem(.unavailable, "The KPI cannot be shown.") }
        let model = KPIPage(
            shell: try await Shell(kpi.title, visitor, call.house), reading: reading,
            rows: KPIAccount.all(kpi, found, portfolio), workspace.programme.programme, query: query)
        return try Templates.page("kpi", model)
    }
}
