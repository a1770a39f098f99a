@testable import TenureWeb

/// Models of the first page, Today and what they open into, with something in every place.
extension Samples {
    private static let sentence = RiskSentence(
        atRisk: "1", renewing: "2", until: "u", move: "m", direction: "up", isNothing: false, unknown: "x", link: "/")

    private static var need: NeedRow {
        NeedRow(
            name: "n", link: "/", arr: "1", arrLink: "/", notice: "n", noticeLink: "/", noticeTone: "near", badge: badge, score: "1",
            line: HealthLine(width: 1, height: 1, path: "M0 0", edges: [1], title: "t"), sentence: "s", owner: "o", ownerName: "o",
            play: "p", assign: "/")
    }

    private static let warned = WarnedCard(
        flagged: "1", since: "s", interval: "i", price: "p", random: "r",
        missed: [.init(name: "n", arr: "1", sentence: "s")], hasMissed: true, more: "m", nothing: "n", link: "/")

    static var overview: OverviewPage {
        let moves = BandMoves(summary: "s", accounts: [.init(name: "n", link: "/", from: "f", badge: badge)], isEmpty: false)
        return OverviewPage(
            shell: shell, sentence: sentence, worse: moves, recovered: moves,
            notices: NoticesNear(summary: "s", accounts: [.init(name: "n", link: "/", day: "d", badge: badge)], isEmpty: false),
            needs: [need], hasNeeds: true, order: "o", rest: "r", warned: warned,
            happened: [HappenedLine(at: "a", account: "a", link: "/", title: "t", detail: "d")], live: "/live", seed: "42", accounts: "/")
    }

    static var today: TodayPage {
        TodayPage(
            shell: shell, formToken: "f", people: [.init(name: "n", value: "v", isCurrent: true)], nobodyNeeds: "w", person: "p",
            tasks: [
                .init(text: "t", play: "p", account: "a", link: "/", due: "d", isOverdue: true, completion: "/", formToken: "f", back: "/")
            ],
            hasTasks: true, taskCount: TaskCountPart(tasks: "1 open task", link: "/"), live: "/live", moreTasks: "m", needs: [.init(row: need, acknowledge: "/", formToken: "f", back: "/")], hasNeeds: true,
            moreNeeds: "m", order: "o", since: "s", changes: [.init(at: "a", account: "a", link: "/", text: "t")], hasChanges: true,
            moreChanges: "m", quiet: "q", accounts: "/")
    }

    static var renewals: RenewalsPage {
        RenewalsPage(
            shell: shell, sentence: sentence,
            rows: [
                .init(
                    name: "n", link: "/", due: "d", dueLink: "/", amount: "1", amountLink: "/", badge: badge, then: badge,
                    atRisk: "r", isAtRisk: true)
            ], isEmpty: false, total: "1", totalAtRisk: "1", pages: pages)
    }

    static var warnings: WarningsPage {
        WarningsPage(
            shell: shell, card: warned, from: "f", to: "t", lead: "l",
            lost: [
                .init(
                    name: "n", link: "/", notice: "n", arr: "1", outcome: "o", isFlagged: true, by: "b", lead: "l", sentence: "s")
            ], isEmpty: false, pages: pages, rules: [.init(title: "t", isCounted: true, alerts: "1", flagged: "1", right: "1")],
            precision: "p", load: "l")
    }
}
