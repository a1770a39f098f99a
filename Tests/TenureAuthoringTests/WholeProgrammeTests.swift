import CEL
import TenureCore
import TenureProgramme
import Testing

@testable import TenureAuthoring

@Suite struct `A programme that uses everything` {
    private let result = read(wholeProgramme, catalogue: wholeCatalogue)

    private func programme() throws -> Programme { try #require(result.loaded).programme }

    @Test func `is read without a mistake`() {
        #expect(mistakeText(wholeProgramme, catalogue: wholeCatalogue) == "")
        #expect(result.loaded != nil)
    }

    @Test func `keeps its header`() throws {
        let programme = try programme()
        #expect(programme.id == "maestro")
        #expect(programme.version == 3)
        #expect(programme.dayOne == 1)
        #expect(programme.zone == "America/New_York")
        #expect(programme.currency == "EUR")
        #expect(programme.needsApproval)
        #expect(programme.shown.prefix(2).map(\.text) == ["users.active.30d", "uptime.last"])
        #expect(programme.accountFields.map(\.id) == ["purchased_features", "mode", "kickoff"])
        #expect(programme.calendars[0].zone == nil)
        #expect(
            programme.calendars[0].week[1] == [
                .init(opens: 540, closes: 720), .init(opens: 780, closes: 1020),
            ])
        #expect(programme.calendars[0].holidays == [try #require(Day(text: "2026-12-25"))])
    }

    @Test func `takes from the catalogue what is referred to and leaves the rest`() throws {
        let programme = try programme()
        #expect(programme.events.map(\.type).contains("never.used"))
        #expect(programme.metrics.map(\.id).contains("users.active"))
        #expect(programme.metrics.map(\.id).contains("tickets.open_high"))
        #expect(programme.entities.map(\.id) == ["ticket", "invoice"])
    }

    @Test func `keeps every part of a signal`() throws {
        let signal = try #require(try programme().signals.first)
        #expect(signal.severity == .high)
        #expect(signal.dwell == Span(3, .days))
        #expect(signal.cooldown == Span(30, .days))
        #expect(signal.respondWithin == Span(48, .hours))
        #expect(
            signal.clear?.source
                == "m(\"users.licence_utilisation\") >= 53.0\n  || account.tier == \"free\"\n")
        #expect(signal.actions == ["Schedule an adoption workshop"])
        #expect(signal.requirements == ["MAE-45", "MAE-46"])
        #expect(try programme().signals.map(\.isRisk) == [true, true, false])
    }

    @Test func `keeps every part of a play`() throws {
        let play = try #require(try programme().plays.first)
        #expect(play.startsOn == ["low_adoption", "tickets"])
        #expect(play.reentry == .after(Span(30, .days)))
        #expect(play.exits.map(\.outcome) == ["recovered"])
        let assess = play.steps[0]
        #expect(assess.owner == "executive")
        #expect(
            assess.window
                == StepWindow(anchor: .start, opensAfter: Span(0, .hours), dueAfter: Span(24, .hours)))
        #expect(
            assess.actions == [
                .mail(template: "health_alert", to: [.role("csm"), .contact("sponsor")]),
                .mail(template: "health_alert", to: [.role("executive")]),
                .chat(template: "health_alert_chat", to: .channel("cs")),
            ])
        #expect(
            assess.overdue[1]
                == Escalation(after: Span(24, .hours), template: "health_alert_chat", to: .channel("cs")))
        #expect(assess.repeatEvery == Span(1, .businessDays))
        #expect(assess.repeatCount == 10)
        #expect(play.steps[1].after == ["assess"])
        #expect(play.steps[2].window.anchor == .step("assess"))
        #expect(!play.steps[2].isRequired)
        #expect(play.steps[3].window.opensAfter == Span(-120, .days))
    }

    @Test func `keeps the health model`() throws {
        let health = try programme().health
        #expect(health.groups.map(\.weight) == [40, 60])
        #expect(health.groupCoverageFloor == 40)
        #expect(
            health.groups[0].components[1].curve
                == .linear([.init(value: 0, points: 0), .init(value: 1000, points: 100)]))
        guard case .steps(let curve) = health.groups[0].components[2].curve else {
            Testing.Issue.record("the curve has no steps")
            return
        }
        #expect(curve.map(\.edge) == [.above(99.5), .atLeast(97), .below(10), .atMost(20), nil])
        #expect(health.bands.map(\.from) == [80, 60, 0])
        #expect(health.bands[0].reviewEveryDays == 30)
    }

    @Test func `keeps a metric's guard, sample and age`() throws {
        let metrics = try programme().metrics
        let rate = try #require(metrics.first { $0.id == "workflows.success_rate" })
        #expect(rate.windows == [7, 30])
        #expect(rate.sampleMin == 20)
        #expect(rate.hoursMax == 48)
        let calls = try #require(metrics.first { $0.id == "api.calls" })
        #expect(calls.windows == [7, 30, 0])
        let change = try #require(metrics.first { $0.id == "usage.change" })
        guard case .change(let of, let minimum) = change.measure else {
            Testing.Issue.record("no change")
            return
        }
        #expect(of == MetricReference(metric: "users.active", windowDays: 7))
        #expect(minimum == ChangeGuard(baseMin: 20, significanceMin: 2, differenceMin: 0))
    }

    @Test func `reads days_since of an entity's instant as a slot of its own`() throws {
        let metric = try #require(try programme().metrics.first { $0.id == "invoices.overdue_days" })
        guard case .entities(let measure) = metric.measure, let value = measure.value else {
            Testing.Issue.record("no measure")
            return
        }
        #expect(value.source == "days_since(entity.due_at)")
        #expect(value.program.references.map(\.description) == ["days_since(\"due_at\")"])
    }

    @Test func `keeps a scenario's facts as they were written`() throws {
        let scenario = try #require(try programme().scenarios.first)
        #expect(scenario.days == 45)
        #expect(scenario.account["arr"] == .double(50000))
        #expect(scenario.account["kickoff"] == .string("2026-03-02"))
        #expect(scenario.account["notice_by"] == .null)
        #expect(scenario.facts[0].days == 0...44)
        #expect(scenario.facts[0].onWeekdays)
        #expect(scenario.facts[1].minuteOfDay == 570)
        #expect(scenario.facts[1].data["ticket"] == .string("012"))
        #expect(scenario.facts[1].data["extra"] == ["deep": [1, 2.5, "yes", true, nil]])
        #expect(scenario.expectations.count == 17)
    }

    @Test func `keeps what is promised of tickets`() throws {
        let sla = try #require(try programme().slas.first)
        #expect((sla.entity, sla.calendar, sla.requirements) == ("ticket", "business", ["MAE-64"]))
        guard case .event(let filter) = sla.clocks[0].ending, case .when(let end) = sla.clocks[1].ending else {
            Testing.Issue.record("no ends")
            return
        }
        #expect((filter.event, filter.when?.source) == ("ticket.created", #"event.priority == "P3""#))
        #expect(end.source == #"entity.status in ["solved", "closed"]"#)
        #expect(sla.clocks.map(\.starts) == ["opened_at", "opened_at"])
        #expect(sla.clocks[0].runsIn == nil && sla.clocks[1].runsIn?.values == ["open"])
        #expect(sla.clocks.map(\.reopens) == [false, true])
        #expect(sla.clocks[0].targets.map(\.within) == [Span(8, .businessHours)])
        #expect(sla.clocks[1].targets.map(\.within) == [Span(30, .minutes), Span(1, .businessDays)])
        let metric = try #require(try programme().metrics.first { $0.id == "support.kept" })
        guard case .attainment(let name) = metric.measure else {
            Testing.Issue.record("no measure")
            return
        }
        #expect((name.sla, name.clock) == ("support", "resolution"))
    }

    @Test func `knows where everything was written and which requirement it carries`() throws {
        let sources = try #require(result.loaded).sources
        #expect(
            sources[.signal, "low_adoption"] == Place(file: "signals.yaml", line: 2, column: 9, length: 12))
        #expect(sources[.metric, "users.active"]?.file == "catalogue/base.yaml")
        #expect(sources[.step, "critical_recovery/review"]?.line == 32)
        #expect(sources[.component, "usage.volume"]?.line == 15)
        let carried = sources.requirements.map { "\($0.requirement) \($0.by.kind.rawValue) \($0.by.id)" }
        #expect(carried.contains("MAE-46 signal low_adoption"))
        #expect(carried.contains("MAE-51 step critical_recovery/assess"))
        #expect(carried.contains("MAE-01 programme maestro"))
    }

    @Test func `has a text that changes with any file`() throws {
        let text = try #require(result.loaded).canonicalText
        #expect(text.hasPrefix("=== events.yaml "))
        #expect(text.contains("=== catalogue/base.yaml "))
        let other = ProgrammeFolder(files: wholeProgramme.files.map { ($0.path, $0.text + "\n") })
        #expect(read(other, catalogue: wholeCatalogue).loaded?.canonicalText != text)
    }
}

@Suite struct `Small programmes` {
    @Test func `a header is enough`() throws {
        let programme = try #require(read(folder(("p.yaml", header))).loaded).programme
        #expect(programme.id == "small")
        #expect(programme.currency == "USD")
        #expect(programme.metrics.isEmpty)
    }

    @Test func `a programme's own metric takes the place of the catalogue's`() throws {
        let base = folder(
            (
                "base.yaml",
                "events: [{type: a, title: A}, {type: b, title: B}]\nmetrics:\n"
                    + "  - {id: n, unit: count, better: up, sum: {event: a}, windows: [7d]}\n"
                    + "  - {id: unread, unit: count, better: up, sum: {event: a}, windows: [7d]}\n"
            ))
        let own = folder(
            (
                "p.yaml",
                "programme: {id: x, title: X, version: 1, time_zone: UTC, extends: catalogue}\nmetrics:\n"
                    + "  - {id: n, title: Ours, unit: count, better: up, sum: {event: b}, windows: [14d]}\n"
            ))
        let programme = try #require(read(own, catalogue: base).loaded).programme
        #expect(programme.metrics.map(\.id) == ["n"])
        #expect(programme.metrics[0].title == "Ours")
        #expect(programme.metrics[0].windows == [14])
        #expect(programme.events.map(\.type) == ["a", "b"])
    }

    @Test func `an event forgets an entity that nothing looks at`() throws {
        let base = folder(
            (
                "base.yaml",
                "events: [{type: a, title: A, fields: {k: {type: text}}, entity: {kind: e, key: k, set: {s: x}}}]\n"
                    + "entities: [{id: e, title: E, fields: {s: {type: text}}}]\n"
            ))
        let own = folder(
            ("p.yaml", "programme: {id: x, title: X, version: 1, time_zone: UTC, extends: catalogue}\n"))
        let programme = try #require(read(own, catalogue: base).loaded).programme
        #expect(programme.entities.isEmpty)
        #expect(programme.events.map { $0.entity == nil } == [true])
    }
}
