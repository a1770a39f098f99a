package import TenureCore
import TenureEngine
package import TenureInsight
import TenureProgramme
import TenureRuntime

/// Figures of the portfolio for programs.
enum FigureDocuments {
    /// All figures; with `figure`, the accounts behind one.
    static func all(_ api: APICall) async throws -> Answer {
        let query = try PortfolioQuery(api.call, api.workspace, others: ["figure", "play"])
        let texts = try api.call.query(allowing: Set(NamedTexts(encoded: api.call.rawQuery).names))
        let portfolio = try await query.portfolio(api.workspace)
        guard let name = texts.filled("figure") else { return .json(portfolio.figures) }
        let figure = try Self.figure(name, play: texts.filled("play"), api.workspace.programme.programme)
        return .json(portfolio.figure(figure))
    }

    /// Throws `Problem` for a figure or a play that there is not.
    static func figure(_ name: String, play: String?, _ programme: Programme) throws -> PortfolioFigure {
        guard let figure = PortfolioFigure.named(name) else {
            let names = PortfolioFigure.all.map(\.id).joined(separator: ", ")
            throw Problem(.invalidParameter, "figure is one of \(names).")
        }
        guard let play else { return figure }
        guard programme.plays.contains(where: { isSame($0.id, play) }), let ofPlay = figure.of(play: play) else {
            throw Problem(.invalidParameter, "play is one of the programme's plays, and goes with figures of plays alone.")
        }
        return ofPlay
    }
}

extension Portfolio {
    package var figures: JSON {
        [
            "as_of": .string(now.text), "accounts": .int(Int64(accounts.count)),
            "figures": .array(PortfolioFigure.all.map { $0.document(keeps($0) ? total(of: $0) : nil) }),
        ]
    }

    package func figure(_ figure: PortfolioFigure) -> JSON {
        let rows = parts(of: figure)
        return [
            "as_of": .string(now.text), "figure": figure.document(PortfolioTotal(figure, rows.map(\.part))),
            "items": .array(
                rows.map { row in
                    [
                        "id": .string(row.account.row.id.text), "external_id": .string(row.account.report.externalID),
                        "name": .string(row.account.report.name), "part": .double(row.part.part),
                        "whole": .double(row.part.whole), "reached": .bool(row.part.isReached),
                    ]
                }),
        ]
    }
}

extension PortfolioFigure {
    /// - Parameter total: nil: the programme keeps nothing that it could be computed from.
    fileprivate func document(_ total: PortfolioTotal?) -> JSON {
        [
            "id": .string(id), "title": .string(title), "meaning": .string(meaning), "formula": .string(formula),
            "window": .string(window), "unit": .string(unit.rawValue),
            "requirements": .array(requirements.map { .string($0) }), "kept": .bool(total != nil),
            "accounts": .int(Int64(total?.accounts ?? 0)), "value": total?.value.map { .double($0) } ?? .null,
            "part": total.map { .double($0.part) } ?? .null, "whole": total.map { .double($0.whole) } ?? .null,
            "quartile": total?.quartile.map { .double($0) } ?? .null,
        ]
    }
}
