import TenureEngine
import TenureInsight
import TenureProgramme

/// What all accounts together say that is not money; each value opens into its accounts.
struct PortfolioFiguresPage: WholePage {
    var shell: Shell
    var asOf: String?
    let back: String
    let summary: String
    let lines: [Line]
    /// Figures that the programme keeps nothing for; nil: none.
    let missing: String?
    let plays: [PlayLine]
    let hasPlays: Bool

    struct Line {
        let title: String
        let meaning: String
        let value: String
        let detail: String
        let link: String
    }

    struct PlayLine {
        let title: String
        let running: Cell
        let completed: Cell
        let inTime: Cell
    }

    struct Cell {
        let value: String
        let link: String
    }
}

extension PortfolioFiguresPage {
    init(shell: Shell, query: PortfolioQuery, portfolio: Portfolio) {
        let kept = PortfolioFigure.all.filter { portfolio.keeps($0) }
        let missing = PortfolioFigure.all.filter { !portfolio.keeps($0) }.map(\.title)
        self.shell = shell
        back = query.link(Links.portfolio, group: query.group)
        summary = query.filter.isEmpty ? "Every account." : "Only some of the accounts."
        lines = kept.map { figure in
            let total = portfolio.total(of: figure)
            return Line(
                title: figure.title, meaning: figure.meaning, value: Wording.value(figure, total),
                detail: Wording.sums(figure, total), link: query.link(Links.portfolioFigure(figure.id), group: nil))
        }
        self.missing = missing.isEmpty ? nil : "The programme keeps nothing for: " + missing.joined(separator: ", ") + "."
        plays = portfolio.programme.programme.plays.map { PlayLine($0, query, portfolio) }
        hasPlays = !plays.isEmpty
    }
}

extension PortfolioFiguresPage.PlayLine {
    fileprivate init(_ play: Play, _ query: PortfolioQuery, _ portfolio: Portfolio) {
        let figures = ["plays.in_progress", "plays.completion_rate", "step.sla_attainment"].compactMap {
            PortfolioFigure.named($0)?.of(play: play.id)
        }
        let cells = figures.map { figure in
            PortfolioFiguresPage.Cell(
                value: Wording.value(figure, portfolio.total(of: figure)),
                link: query.link(Links.portfolioFigure(figure.id), group: nil, play: play.id))
        }
        title = play.title
        (running, completed, inTime) = (cells[0], cells[1], cells[2])
    }
}

extension Wording {
    static func value(_ figure: PortfolioFigure, _ total: PortfolioTotal) -> String {
        guard let value = total.value else { return "–" }
        return switch figure.unit {
        case .percent: number(value) + " %"
        case .count, .score: number(value)
        case .days: number(value) + " days"
        }
    }

    /// What it was made of: `12 of 30, 30 accounts`.
    static func sums(_ figure: PortfolioFigure, _ total: PortfolioTotal) -> String {
        let accounts = plural(total.accounts, "account", "accounts")
        switch figure.unit {
        case .count: return accounts
        case .days:
            let later = total.quartile.map { "; three of four after \(number($0)) days" } ?? ""
            return "\(number(total.part)) of \(accounts) have got there" + later
        case .percent, .score:
            return total.whole == 0 ? "nothing to compare with" : "\(number(total.part)) of \(number(total.whole)), \(accounts)"
        }
    }
}
