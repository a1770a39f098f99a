import TenureCore
import TenureProgramme
import TenureRuntime

@testable import TenureWeb

/// One model of each page with every optional and every list filled.
enum Samples {
    static var models: [String: Any] {
        [
            "sign_in": SignInPage(shell: shell, action: "/sign-in/x", isNew: true),
            "problem": ProblemPage(shell: shell, code: "c", status: 400, detail: "d", errors: ["e"]),
            "search": search, "batch": batch, "account_list": list, "account": account, "day": day,
            "metric": MetricPage(
                shell: shell, name: "n", account: "/", title: "t", meaning: "m", day: .init(day: "d", link: "/"), value: "1",
                sample: "n = 1", unknown: "u", formula: "f", windows: ["w"], chart: line, partsTitle: "p",
                parts: [.init(title: "t", value: "1", link: "/")], hasParts: true, moreParts: "m",
                facts: [.init(title: "t", occurred: "o", recorded: "r", id: "i", source: "s", data: "{}")], hasFacts: true,
                moreFacts: "m"),
            "versions": VersionsPage(
                shell: shell,
                versions: [
                    .init(
                        anchor: "version-1", number: 1, isRunning: true, published: "p", by: "b", reason: "r",
                        approvedBy: "a", digest: "d")
                ]),
            "design": DesignPage(shell: shell, today: ZoneRules.utc.day(at: TestHouse.now)),
            "appearance": AppearancePage(
                shell: shell, formToken: "f", choices: [.init(id: "i", title: "t", isCurrent: true)]),
            "portfolio": portfolio, "figure": figure, "kpi": kpi,
            "family": FamilyPage(
                shell: shell, name: "A", account: "/", parent: .init(name: "p", link: "/", arr: "1", revenue: "/", score: "1", badge: badge, values: []),
                members: [
                    .init(
                        name: "p", link: "/", arr: "1", revenue: "/", score: "1", badge: badge,
                        values: [.init(title: "t", text: "1", link: "/")])
                ], pages: pages, columns: ["t"],
                lines: [.init(title: "t", kind: "k", value: "1", detail: "d")], hasLines: true, flaws: ["f"]),
            "overview": overview, "today": today, "renewals": renewals, "warnings": warnings,
            "portfolio_figures": portfolioFigures, "portfolio_figure": portfolioFigure,
            "set_up": setUp, "team": team, "keys": keys, "sample_data": sampleData, "imports": imports, "import": importing,
            "outbox": OutboxPage(
                shell: shell, states: [choice], home: "/", rows: [outboxRow], isEmpty: false, next: "/", withheld: "/"),
            "message": MessagePage(
                shell: shell, formToken: "f", row: outboxRow, text: "t", html: "/", channel: "mail", sender: "s",
                messageID: "i", attempts: "1 attempt", steps: [.init(at: "a", state: "s", detail: "d")], hasSteps: true,
                releaseTitle: "r", mayDiscard: true),
            "withheld": WithheldPage(
                shell: shell, summary: "s",
                rows: [.init(at: "a", link: "/", account: "a", what: "w", recipient: "r", why: "w")], isEmpty: false,
                pages: pages),
            "sending": SendingPage(
                shell: shell, formToken: "f", stopped: "s", testRecipient: "t",
                suppressions: [.init(address: "a", reason: "r", by: "b", at: "a")], hasSuppressions: true,
                limits: [.init(id: "i", title: "t", zone: "z", quietHours: "q", dayMax: "1", weekMax: "2", countMax: 3)]),
            "unsubscribe": UnsubscribePage(shell: shell, action: "/"),
            "data": DataPage(
                shell: shell, formToken: "f",
                sources: [
                    .init(
                        name: "n", last: "l", rate: "1", accepted: "1", others: "o", reasons: ["r"],
                        tail: [.init(at: "a", type: "t", id: "i", fate: "f", reason: "r")], hasTail: true)
                ], hasSources: true, unmapped: [.init(type: "t", count: "1", last: "l", definition: "d")], hasUnmapped: true,
                waiting: [.init(subject: "s", count: "1 event", since: "s", matches: [.init(account: "a", name: "n")])],
                hasWaiting: true, pages: pages, feeds: [.init(title: "t", last: "l")], hasFeeds: true),
            "duplicates": duplicates, "merge": merge, "signals": signals, "signal": oneSignal,
            "signal_episodes": SignalEpisodePage(
                shell: shell, title: "t", days: "90 days", rows: [episode], isEmpty: false, pages: pages),
            "account_revenue": AccountRevenuePage(
                shell: shell, name: "A", account: "/", source: "account",
                rows: [.init(from: "f", key: "k", arr: "1", event: "e", said: "s")], isEmpty: false),
        ]
    }

    static var shell: Shell {
        var shell = Shell("t", .dark)
        shell.visitor = ShellVisitor(
            teammate: "Ada", workspace: "W", formToken: "f", readOnly: "r", stopped: "s", unsentSince: "s",
            begin: BeginNotice(words: "w", link: "/", title: "t"), ownData: "/",
            switches: [WorkspaceChoice(id: "w", title: "W", isCurrent: true)])
        shell.rooms = [Room(title: "t", path: "/", here: "page")]
        return shell
    }

    static let pages = PageLinks(summary: "1 to 2 of 3", home: "/", next: "/")

    static var badge: BandBadge { BandBadge(HealthBand(id: "b", title: "B", from: 0, tone: .good)) }

    private static let filter = FilterField(name: "where.tier", value: "v", field: "tier", shown: "v")

    private static var list: AccountListPage {
        AccountListPage(
            shell: shell, summary: "1 account", search: "", sort: "score", filters: [filter],
            bands: [.init(badge: badge, count: "1", link: "/", isCurrent: true)],
            owners: [.init(name: "ada", isCurrent: true)],
            columns: [.init(title: "A", isNumber: true, link: "/", order: "none", mark: "↑")],
            rows: [
                .init(
                    id: "a", isTicked: true, own: [.init(title: "t", isNumber: true, link: "/", text: "x")], link: "/", name: "A",
                    tier: "t", score: "1", badge: badge, change: "+1", direction: "up", spark: Sparkline([1, 2], title: "t"), arr: "1",
                    owner: "ada", signals: "s", severity: "high", notice: "n", isNoticeNear: true, arrLink: "/", noticeLink: "/")
            ], bulk: bulk, views: views, own: own, isEmpty: false, pages: pages, isFiltered: true, home: "/", definitions: definitions)
    }

    private static let definitions = [Definition(title: "t", meaning: "m")]

    private static var portfolio: PortfolioPage {
        PortfolioPage(
            shell: shell, asOf: "a", count: "1 account", accounts: "/", period: "p", from: "2026-01-01", to: "2026-02-01",
            filters: [filter], isFiltered: true, home: "/", figures: "/",
            choices: [.init(field: "tier", isCurrent: true)],
            tiles: [.init(title: "t", value: "v", detail: "d", link: "/")], kpis: [kpis], hasKPIs: true,
            bridge: RevenueBridge(
                width: 1, height: 1,
                bars: [
                    .init(
                        title: "t", value: "v", x: 1, y: 1, width: 1, height: 1, tone: "gain", textX: 1, valueY: 1, titleY: 1)
                ], summary: "s"),
            bands: [.init(badge: badge, count: "1", arr: "1", bar: 1, link: "/")],
            scores: Distribution(id: "i", title: "t", values: [1], range: 0...2, steps: 2) { _, _ in "n" },
            sections: [
                .init(
                    id: "i", title: "t",
                    lines: [.init(title: "t", meaning: "m", value: "v", detail: "d", link: "/")])
            ],
            group: .init(
                title: "t",
                rows: [
                    .init(name: "n", link: "/", cells: [.init(title: "t", text: "1", link: "/")])
                ], pages: pages), gaps: [.init(name: "n", link: "/", reason: "r")], hasGaps: true, gapsTitle: "t")
    }

    private static var kpis: KPIGroup {
        KPIGroup(
            title: "t",
            lines: [
                .init(
                    title: "t", meaning: "m", page: "/", value: "1", link: "/", badge: badge, target: "at least 1", reached: "reached",
                    trend: "stable", before: "1", beforeLink: "/", detail: "d")
            ])
    }

    private static var kpi: KPIPage {
        KPIPage(
            shell: shell, asOf: "a", title: "t", meaning: "m", formula: "f", back: "/", line: kpis.lines[0],
            bands: [.init(badge: badge, edge: "above 1")], hasBands: true, figure: "/", columns: ["c"],
            rows: [.init(name: "n", link: "/", cells: [.init(title: "c", text: "1", link: "/")], part: "counted", badge: badge)],
            hasRows: true, pages: pages)
    }

    private static var portfolioFigures: PortfolioFiguresPage {
        let cell = PortfolioFiguresPage.Cell(value: "1", link: "/")
        return PortfolioFiguresPage(
            shell: shell, asOf: "a", back: "/", summary: "s",
            lines: [.init(title: "t", meaning: "m", value: "v", detail: "d", link: "/")], missing: "m",
            plays: [.init(title: "t", running: cell, completed: cell, inTime: cell)], hasPlays: true)
    }

    private static var portfolioFigure: PortfolioFigurePage {
        PortfolioFigurePage(
            shell: shell, asOf: "a", back: "/", title: "t", meaning: "m", formula: "f", window: "w", requirements: "r",
            value: "v", detail: "d", partTitle: "p", hasWhole: true,
            rows: [.init(name: "n", account: "/", link: "/", part: "1", whole: "1", hasWhole: true, partTitle: "p")],
            hasRows: true, pages: pages)
    }

    private static var figure: FigurePage {
        FigurePage(
            shell: shell, asOf: "a", title: "t", meaning: "m", value: "v", detail: "d", period: "p", back: "/",
            rows: [.init(name: "n", link: "/", start: "1", end: "1", part: "1", whole: "1", moves: [.init(text: "m", link: "/")])],
            isEmpty: false, hasWhole: true, part: "1", whole: "1", start: "1", end: "1", pages: pages)
    }

    private static var account: AccountPage {
        AccountPage(
            shell: shell, formToken: "f", name: "A", externalID: "a", revenue: "/", family: "/", score: "1", badge: badge, change: "+1",
            coverage: "1 %", trend: "stable", definitions: definitions, advice: "a",
            again: .init(
                title: "t", lead: "l", ways: [.init(title: "t", change: "c", outcome: "o")], hasWays: true,
                remarks: ["r"]),
            facts: [.init(title: "t", value: "v", link: "/")],
            chart: chart,
            lines: [
                .init(
                    title: "t", group: "g", value: "v", points: "1", weight: "1 %", contribution: "1", link: "/", why: "w", bar: 1,
                    hasBar: true)
            ], total: "1",
            movement: .init(
                since: "d", from: "1", to: "2", terms: [.init(title: "t", value: "1", link: "/", bar: SignedBar(x: 50, width: 1, tone: "gain"))], link: "/", total: "1",
                isStill: false,
                causes: [
                    .init(
                        title: "t", remark: "r", events: [.init(title: "t", at: "a", way: "w", id: "i")], more: "m")
                ], ask: "/"),
            metrics: [.init(title: "t", link: "/", meaning: "m", value: "v", sample: "n = 1", unknown: "u")],
            kpis: [kpis], hasKPIs: true, hasSLAs: true,
            clocks: [.init(badge: badge, title: "t", promise: "p", lines: [.init(at: "a", text: "t", code: "c")])], hasClocks: true,
            signals: [signal],
            hasSignals: true, plays: [play], hasPlays: true,
            people: [.init(name: "n", role: "r", email: "e", hasLeft: true)], hasPeople: true,
            notes: [.init(author: "a", at: "t", text: "x")],
            timeline: [.init(at: "t", link: "/", title: "t", detail: "d")],
            older: "/", live: "/live", work: work, parts: [mergedLine], hasParts: true,
            twins: [.init(name: "n", reasons: "r", compare: "/")], hasTwins: true)
    }

    private static var form: FormView {
        let field = WorkField(name: "person", label: "l", kind: .choice(.people), isRequired: true)
        let refused = Problem(.validationFailed, "d", errors: [.init(pointer: "/person", type: "t", detail: "person is needed"), .init(pointer: "", type: "t", detail: "d")])
        let returned = ReturnedForm(action: "/", typed: NamedTexts(), problem: refused)
        let team = Team([Teammate(id: "ada", name: "Ada", email: "")])
        return FormView("f", action: "/", button: "b", of: "s", [field], WorkContext(programme: Programme(id: "p", title: "P"), owners: [], team: team), returned)
    }

    private static var bulk: BulkForm {
        let choice = FormChoice(value: "v", title: "t", isChosen: true)
        return BulkForm(action: "/", query: "q", all: "a", isAll: true, plays: [choice], roles: [choice], people: [choice], problem: "p")
    }

    private static let own = ColumnBar(
        columns: [.init(title: "t", isNumber: true, removal: "/")], action: "/", kept: [.init(name: "n", value: "v")],
        choices: [FormChoice(value: "v", title: "t", isChosen: false)])

    private static let views = ViewBar(
        views: [.init(name: "v", link: "/", isCurrent: true, isShared: true, removal: "/")], hasViews: true, action: "/",
        query: "q", name: "n", problem: "p")

    private static let notice = Notice(words: "w", details: ["d"], undo: .init(action: "/", receipt: "r", until: "u"))

    private static var batch: BatchPage {
        let row = BatchPage.Row(name: "n", link: "/", text: "t")
        return BatchPage(
            shell: shell, formToken: "f", title: "t", notice: notice, confirm: "/", confirmTitle: "c", isRunning: true,
            takenTitle: "t", taken: [row], hasTaken: true, skippedTitle: "s", skipped: [row], hasSkipped: true, list: "/")
    }

    private static var search: SearchPage {
        SearchPage(
            shell: shell, text: "t", summary: "s",
            hits: [.init(link: "/", name: "n", id: "i", isFirst: true, matches: [.init(separator: "·", kind: "k", text: "t")], more: "m")],
            isEmpty: false, isAsked: true, more: "m")
    }

    private static var mergedLine: MergedLine {
        MergedLine(name: "n", externalID: "e", survivor: "s", survivorLink: "/", words: "w", undo: "/", part: "p")
    }

    private static var duplicates: DuplicatesPage {
        let side = DuplicatesPage.Side(id: "i", name: "n", externalID: "e", link: "/", arr: "1", revenue: "/")
        return DuplicatesPage(
            shell: shell, formToken: "f", pairs: [.init(one: side, other: side, reasons: ["r"], compare: "/")], hasPairs: true,
            pages: pages, merges: [mergedLine], hasMerges: true, distinct: [.init(one: side, other: side, by: "b")],
            hasDistinct: true)
    }

    private static var merge: MergePage {
        let column = MergePage.Column(
            id: "i", name: "n", externalID: "e", link: "/", score: "1", arr: "1", revenue: "/", people: ["p"], contracts: ["c"],
            lastEvent: "l")
        let value = MergePage.Value(text: "t", link: "/")
        return MergePage(
            shell: shell, formToken: "f", survivor: column, part: column, obstacle: "o",
            fields: [.init(name: "n", title: "t", kept: value, taken: value, differs: true, isTaken: true)], action: "/", swap: "/",
            ends: ["e"], hasEnds: true)
    }

    private static var work: AccountWork {
        AccountWork(
            notice: notice, alert: "a", note: form,
            handOver: form, owners: [.init(role: "r", person: "p", link: "/")],
            pulse: .init(points: "1", link: "/", author: "a", given: "g", reason: "r", until: "u", isOver: true),
            setPulse: form, flags: [.init(name: "f", withdraw: form)], hasFlags: true, raiseFlag: form, startPlay: form,
            grade: form, hasJudgements: true)
    }

    private static var chart: HealthChart { HealthChart(
            line: line, daysAction: "/", lastDay: "2026-03-09", absences: [.init(words: "No days of its own", link: "/")]) }

    private static var line: LineChart {
        let day = ZoneRules.utc.day(at: TestHouse.now)
        return LineChart(
            id: "i", title: "t", summary: "s", points: [.init(day: day, value: 1, text: "1", link: "/"), .init(day: day + 1, value: 2, text: "2", link: "/")],
            days: day...(day + 1), scale: ChartScale(low: 0, high: 2, pixels: 10), edges: [(1, "e")],
            events: [.init(day: day, title: "t", kind: .raised)])
    }

    private static var day: DayPage {
        DayPage(
            shell: shell, name: "A", account: "/", day: "d", closed: "c", isImported: true,
            previous: .init(day: "p", link: "/"), next: .init(day: "n", link: "/"), score: "1", badge: badge,
            coverage: "1 %", spark: Sparkline([1, 2], title: "t"), version: .init(name: "version 1", published: "p", by: "b", link: "/"),
            lines: account.lines, total: "1", metrics: account.metrics, hasMetrics: true, kpis: [kpis], hasKPIs: true,
            signals: [.init(title: "t", severity: "high", since: "s", condition: "c")], hasSignals: true,
            plays: [play], hasPlays: true, tasks: [.init(text: "t", play: "p", due: "d", isOverdue: true)],
            hasTasks: true, messages: [.init(at: "a", title: "t", recipient: "r", state: "s")], hasMessages: true,
            moreMessages: "m", events: account.timeline, hasEvents: true,
            again: RecomputationCard(
                summary: "s", error: "e",
                rows: [
                    .init(
                        title: "t", link: "/", then: "1", now: "2", because: "b",
                        facts: [.init(title: "t", occurred: "o", way: "w", id: "i")], more: "m")
                ], remarks: ["r"]), owners: [.init(role: "r", person: "p")], hasOwners: true, ask: "/")
    }

    private static var signal: AccountPage.SignalCard {
        .init(
            title: "t", severity: "high", since: "d", description: "d", mitigation: "m", actions: ["a"],
            parts: [.init(mark: "✓", result: "holds", text: "x", values: "1")], link: "/", controls: controls)
    }

    private static let outboxRow = OutboxPage.Row(
        subject: "s", link: "/", state: "s", detail: "d", recipient: "r", account: "a", accountLink: "/", template: "t",
        why: "w", at: "a")

    private static let controls = SignalControls(
        title: "t", said: ["s"], link: "/", back: "/", mayAcknowledge: true, maySnooze: true, mayJudge: true,
        mayConfirm: true, takeBacks: [.init(what: "w", title: "t")])

    private static let choice = SignalListPage.Choice(id: "i", title: "t", isCurrent: true)
    private static let episode = SignalPage.EpisodeLine(account: "a", link: "/", raised: "r", ended: "e", judgement: "j")

    private static var signals: SignalListPage {
        SignalListPage(
            shell: shell, formToken: "f", count: "1", states: [choice], signals: [choice], severities: [choice],
            owner: "o",
            rows: [
                .init(
                    title: "t", severity: "high", link: "/", account: "a", accountLink: "/", owner: "o", since: "s",
                    why: "w", controls: controls)
            ], isEmpty: false, isFiltered: true, home: "/", pages: pages,
            precisions: [
                .init(
                    title: "t",
                    windows: [.init(days: "90 days", precision: "1 %", counts: "c", followed: "f", link: "/")])
            ], hasPrecisions: true, countMin: "10")
    }

    private static var oneSignal: SignalPage {
        SignalPage(
            shell: shell, formToken: "f", title: "t", severity: "high", account: "a", accountLink: "/", standing: "s",
            description: "d", mitigation: "m", actions: ["a"], hasActions: true,
            why: SignalReason(
                sentence: "s",
                parts: [.init(mark: "m", result: "r", text: "t", values: [.init(title: "t", text: "1", link: "/")])]),
            controls: controls, plays: [.init(title: "t", state: "s", link: "/")], hasPlays: true, episodes: [episode],
            hasEpisodes: true)
    }

    private static var play: AccountPage.PlayCard {
        .init(
            title: "t", isRunning: true, state: "s", cause: "c", owner: "o",
            steps: [
                .init(
                    title: "t", state: "open", owner: "o", due: "d", isOverdue: true,
                    tasks: [.init(text: "t", doneBy: "ada", tick: form)], signOff: form, signedOff: "ada")
            ], steering: [form], isSteered: true)
    }
}
