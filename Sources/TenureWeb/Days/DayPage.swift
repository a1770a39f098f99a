import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// All that the page of one past day of an account shows.
struct DayPage {
    let shell: Shell
    let name: String
    let account: String
    let day: String
    let closed: String
    /// Nobody was shown it on that day.
    let isImported: Bool
    let previous: Neighbour?
    let next: Neighbour?
    let score: String
    let badge: BandBadge
    let coverage: String
    /// Four weeks up to the day; nil: they are not kept in memory any more.
    let spark: Sparkline?
    let version: Version
    let lines: [AccountPage.ScoreLine]
    let total: String
    let metrics: [AccountPage.MetricLine]
    let hasMetrics: Bool
    let kpis: [KPIGroup]
    let hasKPIs: Bool
    let signals: [OpenSignal]
    let hasSignals: Bool
    let plays: [AccountPage.PlayCard]
    let hasPlays: Bool
    let tasks: [Task]
    let hasTasks: Bool
    let messages: [Message]
    let hasMessages: Bool
    /// How many earlier ones are left out.
    let moreMessages: String?
    let events: [AccountPage.TimelineLine]
    let hasEvents: Bool
    let again: RecomputationCard?
    /// Known where the day is folded anew: what is kept of a day has no fields.
    let owners: [ShownDay.Owner]
    let hasOwners: Bool
    /// Address of the page with the day folded anew; nil where it is shown.
    let ask: String?

    struct Neighbour {
        let day: String
        let link: String
    }

    struct Version {
        let name: String
        let published: String
        let by: String
        let link: String
    }

    struct OpenSignal {
        let title: String
        let severity: String
        let since: String
        let condition: String
    }

    struct Task {
        let text: String
        let play: String
        let due: String?
        let isOverdue: Bool
    }

    struct Message {
        let at: String
        let title: String
        let recipient: String
        let state: String
    }
}

extension DayPage {
    private static let messagesMax = 20

    init(shell: Shell, _ shown: ShownDay, of account: AccountState, again: Recomputation?, owners: [ShownDay.Owner]) {
        let (past, id) = (shown.past, account.id.text)
        self.shell = shell
        self.account = Links.account(id)
        name = account.observations.profile["name"]?.string ?? id
        day = Wording.day(past.close.day)
        closed = Wording.instant(past.close.at, past.zone)
        isImported = past.isImported
        previous = shown.previous.map { Neighbour($0, id) }
        next = shown.next.map { Neighbour($0, id) }
        score = past.reading.score.map { String($0) } ?? "–"
        badge = BandBadge(past.band)
        coverage = "\(past.coverage) % of the model was known"
        spark = Sparkline(account.conclusions.health.daily, to: past.close.day)
        version = Version(shown.version, past.zone)
        let explanation = past.explanation
        lines = explanation.lines.map {
            AccountPage.ScoreLine($0, LineSource(programme: past.programme, account: id, day: past.close.day, snapshot: nil))
        }
        total = explanation.score == nil ? "unknown" : Wording.nanoPoints(explanation.sumNano)
        metrics = (past.metrics ?? []).map { AccountPage.MetricLine($0, past, id) }
        hasMetrics = past.metrics != nil
        let link = AccountPage.link(id, past.close.day, isPast: true)
        // The KPI's own page shows it as it is now, if it is there at all.
        kpis = KPIGroup.all(shown.kpis, past.programme.programme, page: { link($0, false) }, link: link)
        hasKPIs = !kpis.isEmpty
        signals = past.openSignals.map { OpenSignal($0, past.zone) }
        hasSignals = !signals.isEmpty
        plays = shown.views.map { AccountPage.PlayCard($0, nil, past.zone, at: past.close.at) }
        hasPlays = !plays.isEmpty
        tasks = shown.tasks.map { Task($0, past) }
        hasTasks = !tasks.isEmpty
        messages = past.messages.suffix(Self.messagesMax).reversed().map { Message($0, past.zone) }
        hasMessages = !messages.isEmpty
        let left = past.messages.count - messages.count
        moreMessages = left > 0 ? "and \(Wording.plural(left, "earlier one", "earlier ones"))" : nil
        events = past.events.reversed().map {
            .init($0, id, past.zone, today: past.close.day + 1)
        }
        hasEvents = !events.isEmpty
        self.owners = owners
        hasOwners = !owners.isEmpty
        self.again = again.map { RecomputationCard($0, past, id) }
        ask = again == nil ? Links.with(Links.day(id, past.close.day), [("recompute", "true")]) + "#again" : nil
    }
}

extension DayPage.Neighbour {
    init(_ day: Day, _ account: String) {
        self.init(day: Wording.day(day), link: Links.day(account, day))
    }
}

extension DayPage.Version {
    init(_ version: ShownDay.VersionName, _ zone: ZoneRules) {
        name = "version \(version.number)"
        published = Wording.instant(version.published, zone)
        by = version.by
        link = Links.version(version.number)
    }
}

extension DayPage.OpenSignal {
    init(_ open: PastDay.OpenSignal, _ zone: ZoneRules) {
        title = open.signal.title
        severity = open.signal.severity.rawValue
        since = open.state.openSince.map { Wording.instant($0, zone) } ?? ""
        condition = open.condition
    }
}

extension DayPage.Task {
    init(_ task: OpenTask, _ past: PastDay) {
        text = task.text
        play = task.playTitle
        due = task.due.map { Wording.instant($0, past.zone) }
        isOverdue = task.isOverdue(at: past.close.at)
    }
}

extension DayPage.Message {
    init(_ message: DayMessage, _ zone: ZoneRules) {
        at = Wording.instant(message.at, zone)
        title = message.title
        recipient = message.recipient
        state = message.state
    }
}

extension AccountPage.MetricLine {
    init(_ metric: DayMetric, _ past: PastDay, _ account: String) {
        let programme = past.programme
        link = Links.metric(account, metric.name, on: past.close.day)
        let plan = programme.metricPlan(metric.name)
        title = programme.title(ofMetric: metric.name)
        meaning = plan?.metric.meaning ?? ""
        value = metric.value.text(plan?.metric.unit, programme.programme.currency)
        sample = "n = \(metric.value.sample)"
        unknown = metric.value.unknown?.words
    }
}

extension MetricValue {
    /// - Parameter unit: nil: the programme has the metric no longer.
    func text(_ unit: Metric.Unit?, _ currency: String) -> String {
        value.map { unit?.text($0, currency) ?? Wording.number($0, places: 2) } ?? "unknown"
    }
}
