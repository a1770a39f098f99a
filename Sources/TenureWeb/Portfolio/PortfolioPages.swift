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
        let query = try PortfolioQuery(call, visitor.workspace, others: ["cursor"])
        return try await PortfolioPage.answer(call, visitor, "portfolio", title: "Portfolio") { shell, workspace, store in
            let portfolio = try query.portfolio(workspace, store)
            return try PortfolioPage(
                shell: shell, query: query, portfolio: portfolio, report: try portfolio.revenue(query.period, store),
                kpis: workspace.kpis(portfolio.programme.programme.kpis, of: portfolio).readings, workspace.keys)
        }
    }

    private static func figure(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        guard let figure = RevenueFigure(rawValue: call["figure"]) else {
            throw Problem(.notFound, "There is no figure of this name.")
        }
        let query = try PortfolioQuery(call, visitor.workspace, others: ["cursor"])
        return try await FigurePage.answer(call, visitor, "figure", title: figure.title) { shell, workspace, store in
            let portfolio = try query.portfolio(workspace, store)
            return try FigurePage(
                shell: shell, figure: figure, report: try portfolio.revenue(query.period, store), portfolio: portfolio,
                query: query, workspace.keys)
        }
    }

    private static func family(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let account = try visitor.account(call)
        let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
        let view = FamilyView(account, visitor.workspace)
        let name = account.observations.profile["name"]?.string ?? account.id.text
        let model = try FamilyPage(
            shell: try await Shell(name, visitor, call.house), name: name, account: account.id, view: view, cursor: cursor,
            visitor.workspace.keys)
        return try Templates.page("family", model)
    }

    private static func figures(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let query = try PortfolioQuery(call, visitor.workspace)
        return try await PortfolioFiguresPage.answer(call, visitor, "portfolio_figures", title: "Figures") { shell, workspace, store in
            PortfolioFiguresPage(shell: shell, query: query, portfolio: try query.portfolio(workspace, store))
        }
    }

    private static func portfolioFigure(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let programme = visitor.workspace.programme.programme
        let query = try PortfolioQuery(call, visitor.workspace, others: ["play", "cursor"])
        guard PortfolioFigure.named(call["figure"]) != nil else {
            throw Problem(.notFound, "There is no figure of this name.")
        }
        let play = try NamedTexts(encoded: call.rawQuery).filled("play")
        let figure = try FigureDocuments.figure(call["figure"], play: play, programme)
        let named = play.flatMap { id in programme.plays.first { isSame($0.id, id) } }
        return try await PortfolioFigurePage.answer(
            call, visitor, "portfolio_figure", title: figure.title
        ) { shell, workspace, store in
            try PortfolioFigurePage(
                shell: shell, figure: figure, query: query, portfolio: try query.portfolio(workspace, store), play: named,
                workspace.keys)
        }
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
