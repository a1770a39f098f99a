import TenureCore
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The portfolio, the accounts behind each figure, and the facts behind each account.
enum PortfolioPages {
    static let routes: [Route] = [
        .page(Links.portfolio) { call, visitor in try await portfolio(call, visitor) },
        .page("/portfolio/revenue/{figure}") { call, visitor in try await figure(call, visitor) },
        .page(Links.figures) { call, visitor in try await figures(call, visitor) },
        .page(Links.figures + "/{figure}") { call, visitor in try await portfolioFigure(call, visitor) },
        .page("/accounts/{id}/revenue") { call, visitor in try await account(call, visitor) },
        .page("/accounts/{id}/family") { call, visitor in try await family(call, visitor) },
    ]

    private static func portfolio(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try PortfolioQuery(call, visitor.workspace)
        let portfolio = try query.portfolio(visitor.workspace)
        let kpis = visitor.workspace.programme.programme.kpis
        let model = PortfolioPage(
            shell: try await Shell("Portfolio", visitor, call.house), query: query, portfolio: portfolio,
            report: try await portfolio.revenue(query.period, in: visitor.workspace),
            kpis: try await visitor.workspace.kpis(kpis, of: portfolio.accounts.map(\.state)).readings)
        return try Templates.page("portfolio", model)
    }

    private static func figure(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        guard let figure = RevenueFigure(rawValue: call["figure"]) else {
            throw Problem(.notFound, "There is no figure of this name.")
        }
        let query = try PortfolioQuery(call, visitor.workspace)
        let portfolio = try query.portfolio(visitor.workspace)
        let model = FigurePage(
            shell: try await Shell(figure.title, visitor, call.house), figure: figure,
            report: try await portfolio.revenue(query.period, in: visitor.workspace), portfolio: portfolio, query: query)
        return try Templates.page("figure", model)
    }

    private static func family(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let account = try visitor.account(call)
        let view = FamilyView(account, visitor.workspace)
        let name = account.observations.profile["name"]?.string ?? account.id.text
        return try Templates.page(
            "family", FamilyPage(shell: try await Shell(name, visitor, call.house), name: name, account: account.id, view: view))
    }

    private static func figures(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try PortfolioQuery(call, visitor.workspace)
        let model = PortfolioFiguresPage(
            shell: try await Shell("Figures", visitor, call.house), query: query,
            portfolio: try query.portfolio(visitor.workspace)
        ) { visitor.workspace.snapshot($0) }
        return try Templates.page("portfolio_figures", model)
    }

    private static func portfolioFigure(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let programme = visitor.workspace.programme.programme
        let query = try PortfolioQuery(call, visitor.workspace, others: ["play"])
        guard PortfolioFigure.named(call["figure"]) != nil else {
            throw Problem(.notFound, "There is no figure of this name.")
        }
        let play = try NamedTexts(encoded: call.rawQuery).filled("play")
        let figure = try FigureDocuments.figure(call["figure"], play: play, programme)
        let model = PortfolioFigurePage(
            shell: try await Shell(figure.title, visitor, call.house), figure: figure, query: query,
            portfolio: try query.portfolio(visitor.workspace),
            play: play.flatMap { id in programme.plays.first { isSame($0.id, id) }?.title }
        ) { visitor.workspace.snapshot($0) }
        return try Templates.page("portfolio_figure", model)
    }

    private static func account(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let account = try visitor.account(call)
        let name = account.observations.profile["name"]?.string ?? account.id.text
        let model = AccountRevenuePage(
            shell: try await Shell(name, visitor, call.house), name: name,
            snapshot: visitor.workspace.snapshot(account),
            trail: try await AccountRevenueTrail(account, visitor.workspace))
        return try Templates.page("account_revenue", model)
    }
}
