import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// What the page needs from storage, read in one go.
struct AccountPageRows: Sendable {
    let people: [ContactRow]
    let notes: [NoteRow]
    let twins: [DuplicatePair]
    let timeline: TimelinePage
    let movement: (since: Day, change: ScoreChange?)
    /// nil: not asked for.
    let causes: ScoreCauses?
    /// Those of each account.
    let kpis: [KPIReading]
    /// Marks of the chart.
    let events: [LineChart.Event]
    let team: Team
    let receipt: Receipt?
    let live: String?

    static let timelineMax = 40

    init(_ history: HealthHistory, before: DecisionPlace?, showsEvents: Bool, receipt: String?) async throws {
        let (workspace, account) = (history.workspace, history.account)
        let id = account.id
        // Asked before anything is read, so that nothing falls between.
        live = before == nil ? LivePart.timeline(id).address(workspace) : nil
        (people, notes) = (try await workspace.contacts(of: id), try await workspace.notes(of: id, limit: 20))
        twins = try await workspace.twins(of: id)
        timeline = try await TimelinePage(account, before: before, limit: Self.timelineMax, in: workspace)
        let since = history.snapshot.today + -7
        movement = (since, try await history.change(since: since))
        events = try await LineChart.Event.all(of: history)
        let kpis = workspace.programme.programme.kpis.filter(\.isOfAccounts)
        self.kpis = try await workspace.kpis(kpis, of: account, history.snapshot).readings
        team = try await Team(of: workspace)
        self.receipt = try await Self.receipt(receipt, of: workspace)
        causes = showsEvents ? try await history.causes(from: since, to: history.snapshot.today) : nil
    }

    private static func receipt(_ id: String?, of workspace: Workspace) async throws -> Receipt? {
        guard let id else { return nil }
        return try await Receipts(workspace: workspace)[id]
    }
}

extension AccountPage {
    init(shell: Shell, visitor: Visitor, history: HealthHistory, rows: AccountPageRows, returned: ReturnedForm?) {
        let (account, snapshot) = (history.account, history.snapshot)
        let programme = snapshot.programme.programme
        let report = AccountReport(account, snapshot.programme, now: snapshot.now)
        self.shell = shell
        formToken = visitor.session.formToken
        let context = WorkContext(account, programme, rows.team)
        let forms = AccountForms(account: account, context: context, returned: returned)
        let notice = rows.receipt.map {
            Notice(
                $0, for: visitor.session.teammate, at: snapshot.now, snapshot.programme.defaultZoneRules,
                name: { _ in report.name })
        }
        work = AccountWork(forms, notice: notice, snapshot.zone, at: snapshot.now)
        name = report.name
        externalID = report.externalID
        score = report.score.map { String($0) } ?? "–"
        badge = BandBadge(report.band)
        change = report.change.map { Wording.change($0) + " in 7 days" } ?? "no score 7 days ago"
        coverage = "\(report.coverage) % of the model is known"
        trend = snapshot.trend?.rawValue ?? "no trend yet"
        definitions = Definition.accountHeadline
        advice = report.band.flatMap { $0.action.isEmpty ? nil : $0.action }
        again = HealthyAgainText(snapshot).map { Again($0) }
        facts = Self.facts(report, snapshot)
        let absences = Absence.all(of: account.id, snapshot.zone, in: visitor.workspace)
        chart = HealthChart(snapshot, events: rows.events, absences: absences)
        let explanation = history.now.map { history.explanation($0) }
        lines = (explanation?.lines ?? []).map {
            ScoreLine($0, LineSource(programme: snapshot.programme, account: account.id.text, day: nil, snapshot: snapshot))
        }
        total = explanation.flatMap { $0.score == nil ? nil : Wording.nanoPoints($0.sumNano) } ?? "unknown"
        movement = rows.movement.change.map { change in
            Movement(
                change, since: rows.movement.since, rows.causes.map { CauseCard.all($0, snapshot) },
                ask: Links.with(Links.account(account.id.text), [("events", "true")]) + "#moved")
        }
        metrics = MetricView.all(snapshot).map { MetricLine($0, account.id.text) }
        kpis = KPIGroup.all(rows.kpis, programme, page: { Links.kpi($0.kpi.id) }, link: Self.link(account.id.text, snapshot.today))
        hasKPIs = !kpis.isEmpty
        hasSLAs = !programme.slas.isEmpty
        clocks = ClockStory.all(snapshot, endedMax: Self.endedClocksMax).map { ClockCard($0, snapshot.zone) }
        hasClocks = !clocks.isEmpty
        signals = SignalView.open(snapshot).map { SignalCard($0, account.id.text, snapshot) }
        hasSignals = !signals.isEmpty
        plays = PlayView.all(account, snapshot.programme).map { PlayCard($0, forms, snapshot.zone, at: snapshot.now) }
        hasPlays = !plays.isEmpty
        people = rows.people.map {
            Person(name: $0.name, role: $0.role, email: $0.email, hasLeft: $0.hasLeft)
        }
        hasPeople = !people.isEmpty
        notes = rows.notes.map {
            NoteLine(author: rows.team.name($0.author), at: Wording.instant($0.at, snapshot.zone), text: $0.text)
        }
        timeline = rows.timeline.entries.map { row in
            TimelineLine(row.entry, account.id.text, snapshot.zone, today: snapshot.today)
        }
        live = rows.live
        older =
            rows.timeline.isMore
            ? rows.timeline.entries.last.map {
                Links.with(Links.account(account.id.text), [("before", $0.place.text)])
            } : nil
        parts = visitor.workspace.merges.links(into: account.id).map { MergedLine($0, visitor.workspace, rows.team) }
        hasParts = !parts.isEmpty
        twins = rows.twins.map { pair in
            let other = pair.first.id == account.id ? pair.second : pair.first
            return Twin(
                name: other.report.name, reasons: pair.reasons.map(\.words).joined(separator: "; "), compare: pair.comparison)
        }
        hasTwins = !twins.isEmpty
        family = Links.family(account.id.text)
        revenue = Links.accountRevenue(account.id.text)
    }

    private static let endedClocksMax = 10

    private static func facts(_ report: AccountReport, _ snapshot: Snapshot) -> [FactLine] {
        let programme = snapshot.programme.programme
        let profile = snapshot.observations.profile
        let plain = [
            ("Tier", "tier", report.tier), ("Segment", "segment", snapshot.segment),
            ("ARR", "arr", report.arr.map { Wording.money($0, programme.currency) }),
            ("Seats", "seats", profile["seats"]?.int.map { String($0) }),
            ("Term ends", "term_end", report.termEnd.map { Wording.day($0) }),
            ("Notice by", "notice_by", report.noticeBy.map { Wording.day($0) }),
            ("Time zone", "time_zone", snapshot.zone.name),
        ]
        let owners = programme.roles.map { ($0.title, $0.id, profile[$0.id]?.string) }
        return (plain + owners).compactMap { title, field, value in
            let isTold = profile[field] != nil
            return value.map {
                FactLine(title: title, value: $0, link: isTold ? Links.told(report.id.text, .field, field) : nil)
            }
        }
    }
}

extension AccountPage.Again {
    init(_ text: HealthyAgainText) {
        title = text.title
        lead = text.lead
        ways = text.ways.map { AccountPage.Way(title: $0.title, change: $0.change, outcome: $0.outcome) }
        hasWays = !text.ways.isEmpty
        remarks = text.remarks
    }
}

extension AccountPage.ScoreLine {
    init(_ line: HealthExplanation.Line, _ source: LineSource) {
        let (unit, currency) = (line.unit(source.programme), source.programme.programme.currency)
        link = source.link(line)
        why = source.why(line)
        title = line.title
        group = line.group
        value =
            line.unknown.map { "unknown: \($0.words)" } ?? line.value.map {
                unit?.text($0, currency) ?? Wording.number($0)
            } ?? ""
        points = line.pointsNano.map { String(roundedHalfUp($0)) } ?? ""
        let isTerm = line.kind == .component || line.kind == .judgedGroup
        weight = isTerm ? Wording.number(Double(line.weightNano) / Double(nano) * 100) + " %" : ""
        contribution = Wording.nanoPoints(line.contributionNano, signed: !isTerm)
        bar = line.pointsNano.map { min(100, max(0, roundedHalfUp($0))) } ?? 0
        hasBar = line.pointsNano != nil
    }
}

extension AccountPage.Movement {
    /// - Parameters:
    ///   - causes: nil: not asked for.
    ///   - ask: the address that asks for them.
    init(_ change: ScoreChange, since day: Day, _ causes: [AccountPage.CauseCard]?, ask: String) {
        since = Wording.day(day)
        from = String(change.from)
        to = String(change.to)
        let moved = (change.lines.map { ($0.title, $0.valueNano) } + [("What became known or unknown", change.coverageNano)])
            .filter { $0.1 != 0 }
        terms = zip(moved, SignedBar.all(moved.map(\.1))).map { term, bar in
            AccountPage.Term(title: term.0, value: Wording.nanoPoints(term.1, signed: true), link: ask, bar: bar)
        }
        link = ask
        total = Wording.nanoPoints(change.sumNano, signed: true)
        isStill = terms.isEmpty
        self.causes = causes ?? []
        self.ask = causes == nil && !isStill ? ask : nil
    }
}

extension AccountPage.CauseCard {
    static func all(_ causes: ScoreCauses, _ snapshot: Snapshot) -> [Self] {
        let types = snapshot.programme.programme.events.map { (id: $0.type, title: $0.title) }
        return causes.lines.map { line in
            Self(
                title: line.title, remark: line.cause.remark,
                events: line.facts.map { fact in
                    AccountPage.CauseLine(
                        title: types.first { $0.id == fact.type }?.title ?? fact.type,
                        at: Wording.instant(fact.occurred, snapshot.zone), way: fact.words, id: fact.id)
                },
                more: line.others > 0 ? "and \(Wording.plural(line.others, "more", "more"))" : nil)
        }
    }
}

extension ScoreCauses.Cause {
    fileprivate var remark: String? {
        switch self {
        case .facts: nil
        case .time: "Moved by the days that passed; no event was needed."
        case .other: "Not moved by events of this account alone: a source may have fallen silent for all."
        }
    }
}

extension ScoreCauses.NamedFact {
    fileprivate var words: String {
        switch way {
        case .cameIn: "came in"
        case .fellOut: "fell out of the window"
        case .shifted: "passed into the earlier window"
        case .takenBack: "taken back"
        }
    }
}

extension AccountPage.TimelineLine {
    /// The day that is still running is the account's own page.
    init(_ entry: TimelineEntry, _ account: String, _ zone: ZoneRules, today: Day) {
        let day = zone.day(at: entry.at)
        at = Wording.instant(entry.at, zone)
        link = day < today ? Links.day(account, day) : Links.account(account) + "#made-of"
        title = entry.title
        detail = entry.detail.isEmpty ? nil : entry.detail
    }
}

extension AccountPage.MetricLine {
    init(_ view: MetricView, _ account: String) {
        title = view.title
        link = Links.metric(account, view.reference)
        meaning = view.meaning
        value = view.valueText
        sample = "n = \(view.reading.sample)"
        unknown = view.reading.unknown?.words
    }
}

extension AccountPage.SignalCard {
    init(_ view: SignalView, _ account: String, _ snapshot: Snapshot) {
        title = view.signal.title
        severity = view.signal.severity.rawValue
        since = view.state.openSince.map { Wording.instant($0, snapshot.zone) } ?? ""
        description = view.signal.description
        mitigation = view.signal.mitigation.isEmpty ? nil : view.signal.mitigation
        actions = view.signal.actions
        parts = view.why.lines.filter(\.isAtom).map { line in
            AccountPage.ConditionLine(
                mark: line.truth.mark, result: line.truth.rawValue, text: line.text,
                values: line.values.map(\.value).joined(separator: ", "))
        }
        link = Links.signal(account, view.signal.id)
        controls = SignalControls(
            view.signal, view.state, account: account, at: snapshot.now, snapshot.zone, back: Links.account(account))
    }
}

extension AccountPage.PlayCard {
    /// - Parameter forms: nil: nothing can be done there, as on a page of the past.
    init(_ view: PlayView, _ forms: AccountForms?, _ zone: ZoneRules, at now: Instant) {
        title = view.title
        isRunning = view.instance.isRunning
        state =
            view.instance.ended.map { "ended \(Wording.instant($0.at, zone)): \($0.outcome)" }
            ?? view.instance.paused.map { "paused by \($0.by)" }
            ?? "running since \(Wording.instant(view.instance.started, zone))"
        cause = view.cause
        owner = view.owner
        let isOpen = view.instance.isRunning && view.instance.paused == nil
        steps = view.steps.map { step in
            AccountPage.StepCard(step, forms, view.instance.number, zone, at: now, isOpen: isOpen)
        }
        steering = forms.map { view.instance.steering($0) } ?? []
        isSteered = !steering.isEmpty
    }
}

extension AccountPage.StepCard {
    init(
        _ view: PlayView.StepView, _ forms: AccountForms?, _ play: Int32, _ zone: ZoneRules, at now: Instant, isOpen: Bool
    ) {
        let isReady = isOpen && view.state.state == .ready
        title = view.step.title
        state = view.state.state == .ready && !isOpen ? "not finished" : view.state.state.word
        owner = view.owner
        due = isReady ? view.state.due.map { Wording.instant($0, zone) } : nil
        isOverdue = isReady && view.state.isOverdue(at: now)
        let path = [String(play), view.step.id]
        tasks = zip(view.step.tasks, view.state.tasks).enumerated().map { number, task in
            let form = task.1 == nil ? WorkForm.completeTask : .reopenTask
            return AccountPage.TaskLine(
                text: task.0, doneBy: task.1?.by, tick: isReady ? forms?.view(form, path + [String(number)], of: task.0) : nil)
        }
        let waits = isReady && view.step.signOff != nil && view.state.signOff == nil
        signOff = waits ? forms?.view(.signOff, path, of: title) : nil
        signedOff = view.state.signOff?.by
    }
}
