import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Where one number of an account comes from.
struct MetricPage {
    let shell: Shell
    let name: String
    let account: String
    let title: String
    let meaning: String
    /// The day whose close is shown; nil: now.
    let day: DayPage.Neighbour?
    let value: String
    let sample: String
    let unknown: String?
    let formula: String
    let windows: [String]
    /// nil: the days that are kept do not know it, or it is told and not measured.
    let chart: LineChart?
    let partsTitle: String
    let parts: [Part]
    let hasParts: Bool
    let moreParts: String?
    let facts: [FactRow]
    let hasFacts: Bool
    let moreFacts: String?

    struct Part {
        let title: String
        let value: String
        /// Of another metric.
        let link: String?
    }

    struct FactRow {
        let title: String
        let occurred: String
        let recorded: String
        let id: String
        let source: String
        let data: String
    }
}

extension MetricPage {
    init(shell: Shell, _ metric: ExplainedMetric, of account: AccountState, history: [MetricDay]) {
        let (found, zone, id) = (metric.explanation, metric.snapshot.zone, account.id.text)
        let (plan, currency) = (found.plan, metric.snapshot.programme.programme.currency)
        self.shell = shell
        name = account.observations.profile["name"]?.string ?? id
        self.account = Links.account(id)
        title = found.title
        meaning = plan.metric.meaning
        day = metric.day.map { DayPage.Neighbour($0, id) }
        value = found.value.text(plan.metric.unit, currency)
        sample = "n = \(found.value.sample)"
        unknown = found.value.unknown?.words
        formula = found.formula
        windows = found.windows.map { Self.words($0) }
        chart = MetricChart.line(metric, history, id)
        partsTitle = Self.title(found.parts.first?.kind)
        parts = found.parts.map { Part($0, plan, id, metric) }
        hasParts = !parts.isEmpty
        moreParts = found.otherParts > 0 ? "and \(Wording.plural(found.otherParts, "more", "more"))" : nil
        let types = metric.snapshot.programme.programme.events
        facts = found.facts.map { fact in FactRow(fact, types.first { isSame($0.type, fact.type) }?.title, zone) }
        hasFacts = !facts.isEmpty
        moreFacts = found.otherFacts > 0 ? "and \(Wording.plural(found.otherFacts, "earlier one", "earlier ones"))" : nil
    }

    private static func words(_ window: MetricExplanation.Window) -> String {
        let days = "\(Wording.day(window.first)) to \(Wording.day(window.last))"
        return window.isEarlier ? "compared with \(days)" : days
    }

    private static func title(_ kind: MetricExplanation.Part.Kind?) -> String {
        switch kind {
        case .day?, nil: "Day by day"
        case .entity?: "What is counted"
        case .metric?: "Made of"
        }
    }
}

extension MetricPage {
    /// What somebody told: the newest fact says it.
    init(shell: Shell, _ told: ToldValue, of account: AccountState, _ workspace: Workspace) {
        let programme = workspace.programme
        let zone = programme.zone(of: account.observations)
        self.shell = shell
        name = account.observations.profile["name"]?.string ?? account.id.text
        self.account = Links.account(account.id.text)
        title = told.title(programme.programme)
        meaning = ""
        day = nil
        value = told.value(account, programme.programme) ?? "unknown"
        sample = Wording.plural(told.facts.count, "fact", "facts")
        unknown = nil
        formula = "The newest of what was told"
        (windows, chart, parts, hasParts, partsTitle, moreParts) = ([], nil, [], false, "", nil)
        let shown = told.facts.prefix(MetricExplanation.factsMax)
        facts = shown.map { fact in FactRow(fact, nil, zone) }
        hasFacts = !facts.isEmpty
        let rest = told.facts.count - shown.count
        moreFacts = rest > 0 ? "and \(Wording.plural(rest, "earlier one", "earlier ones"))" : nil
    }
}

extension ToldValue {
    fileprivate func title(_ programme: Programme) -> String {
        switch kind {
        case .field: programme.accountField(name)?.title ?? name
        case .judgement: isSame(name, Grade.nameOfPulse) ? "Pulse" : "Judgement of \(name)"
        }
    }

    fileprivate func value(_ account: AccountState, _ programme: Programme) -> String? {
        switch kind {
        case .field:
            account.observations.profile[name].map { value in
                let day = programme.accountField(name)?.kind == .date ? value.string.flatMap { Day(text: $0) } : nil
                return day.map { Wording.day($0) } ?? value.string ?? value.text
            }
        case .judgement: judged(account).map { Wording.number($0.points) + " points" }
        }
    }
}

extension ToldValue {
    private func judged(_ account: AccountState) -> Grade? {
        isSame(name, Grade.nameOfPulse) ? account.observations.pulse?.value : account.observations.grades[name]
    }
}

extension MetricPage.Part {
    init(_ part: MetricExplanation.Part, _ plan: MetricPlan, _ account: String, _ metric: ExplainedMetric) {
        let programme = metric.snapshot.programme
        let unit = part.kind == .metric ? programme.metricPlan(part.id)?.metric.unit : part.kind == .day ? nil : plan.metric.unit
        title =
            switch part.kind {
            case .day: Day(text: part.id).map { Wording.day($0) } ?? part.id
            case .entity: part.id
            case .metric: programme.title(ofMetric: part.id)
            }
        value = part.value.map { unit?.text($0, programme.programme.currency) ?? Wording.number($0, places: 2) } ?? "unknown"
        link = part.kind == .metric ? Links.metric(account, part.id, on: metric.day) : nil
    }
}

extension MetricPage.FactRow {
    private static let dataMax = 300

    init(_ fact: Fact, _ title: String?, _ zone: ZoneRules) {
        self.title = title ?? fact.type
        occurred = Wording.instant(fact.occurred, zone)
        recorded = Wording.instant(fact.recorded, zone)
        id = fact.id
        source = fact.source
        let text = JSON.object(fact.data).text
        data = text.count > Self.dataMax ? text.prefix(Self.dataMax) + "…" : text
    }
}

enum MetricPages {
    static let routes: [Route] = [
        .page("/accounts/{id}/metrics/{metric}") { call, visitor in
            let account = try visitor.account(call)
            let metric = try await ExplainedMetric(call, of: account, in: visitor.workspace)
            let shell = try await Shell(metric.explanation.title, visitor, call.house)
            let history = try await visitor.workspace.history(
                of: metric.explanation.plan.reference, account: account.id, days: MetricChart.days(metric))
            return try Templates.page("metric", MetricPage(shell: shell, metric, of: account, history: history))
        },
        .page("/accounts/{id}/told/{kind}/{name}") { call, visitor in
            _ = try call.query(allowing: [])
            let account = try visitor.account(call)
            let told = try await call.told(account, visitor.workspace)
            let shell = try await Shell(told.title(visitor.workspace.programme.programme), visitor, call.house)
            return try Templates.page("metric", MetricPage(shell: shell, told, of: account, visitor.workspace))
        },
    ]
}
