import Synchronization
import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import TenureRuntime
import TenureStore
import Testing

/// The edge cases of the domain page by their numbers. A2 to A5, A9, A13, A14 and A16 stand beside what they are about;
/// A1 is about revenue.
@Suite struct EdgeCaseTests {
    @Test(arguments: [(20, 30), (40, 40)])
    func `A6: a ticket raised to P1 is late 30 minutes after its opening, or at once`(raised: Int64, late: Int64) throws {
        func minute(_ count: Int64) -> Instant { noon + count * Milliseconds.minute }
        var sample = try Sample(pack: "csos")
        sample.ledger.set(minute(0).text, ["term_start": .string(noon.text)])
        sample.ledger.take(minute(0).text, "ticket.created", ["ticket": "T1", "priority": "P2"])
        let id = ClockID(sla: "hypercare", clock: "response", key: "T1")
        #expect(sample.ledger.state.conclusions.clocks[id]?.due == minute(120))
        sample.ledger.take(minute(raised).text, "ticket.status_changed", ["ticket": "T1", "status": "open", "priority": "P1"])
        #expect(sample.ledger.state.conclusions.clocks[id]?.due == minute(30))
        #expect(sample.ledger.state.conclusions.clocks[id]?.isBreached == (late == raised))
        // Whoever keeps the clock is told when to come back; what was due is then seen at its own instant.
        sample.ledger.turn(minute(90).text)
        let missed = sample.ledger.decisions.filter { $0.what.kind == "clockBreached" }
        #expect(missed.map(\.at) == [minute(late)])
        let raisings = sample.ledger.signalled.filter { $0.what == .raised(signal: "hypercare_late") }
        #expect(raisings.map(\.at) == [minute(late)])
    }

    @Test func `A7: 17 of 20 licensed users are 85 percent, and exactly 80 percent scores below that`() throws {
        for (users, percent, points) in [(17, 85.0, 88.75), (16, 80, 85)] {
            var sample = try Sample(pack: "auterity")
            sample.ledger.set("2026-06-01T08:00:00Z", ["seats": 20])
            for user in 0..<users { sample.ledger.take("2026-06-02T08:00:00Z", "user.session", member: "u\(user)") }
            #expect(sample.value("users.licence_utilisation", at: "2026-06-02T09:00:00Z") == percent)
            #expect(sample.points("productUsage.activeUsers", at: "2026-06-02T09:00:00Z") == points)
        }
    }

    @Test(arguments: [(6, 92.0), (7, 77), (14, 77), (15, 35)])
    func `A8: a first value after exactly 7 or 14 days is good`(days: Int32, points: Double) throws {
        var sample = try Sample(pack: "credlink")
        sample.ledger.take("2026-06-01T08:00:00Z", "meeting.held", ["meeting": "m", "kind": "kickoff"])
        let reached = ZoneRules.utc.instant(day: day("2026-06-01") + days) + 12 * Milliseconds.hour
        sample.ledger.take(reached.text, "verification.run", ["ok": true, "latency_ms": 10])
        #expect(sample.value("onb.ttfv", at: reached.text) == Double(days))
        let component = try #require(sample.ledger.programme.componentIDs.first { $0.hasSuffix(".ttfv") })
        #expect(sample.points(component, at: reached.text) == points)
    }

    @Test func `A10: no answer is unknown, one promoter is 100 of one answer, 50, 30 and 20 are 30`() throws {
        var sample = try Sample(showing: ["nps.90d"])
        sample.ledger.take("2026-06-01T08:00:00Z", "user.session", member: "u")
        #expect(sample.value("nps.90d", at: "2026-06-01T09:00:00Z") == nil)
        sample.answer("2026-06-01T10:00:00Z", "nps", 9, by: "c0")
        let single = try #require(sample.reading("nps.90d", at: "2026-06-01T11:00:00Z"))
        #expect(single.value == 100)
        #expect(single.sample == 1)
        for contact in 1..<100 {
            sample.answer("2026-06-01T10:00:00Z", "nps", contact < 50 ? 10 : contact < 80 ? 8 : 6, by: "c\(contact)")
        }
        #expect(sample.value("nps.90d", at: "2026-06-01T11:00:00Z") == 30)
        #expect(sample.reading("nps.90d", at: "2026-06-01T11:00:00Z")?.sample == 100)
    }

    @Test func `A11: who does not use it any more is left out of the product-market fit`() throws {
        var sample = try Sample(showing: ["pmf.90d"])
        for (value, count) in [(3.0, 40), (2, 30), (1, 30), (0, 20)] {
            for _ in 0..<count { sample.answer("2026-06-01T10:00:00Z", "pmf", value) }
        }
        #expect(sample.value("pmf.90d", at: "2026-06-01T11:00:00Z") == 40)
    }

    @Test(arguments: [(85.0, 68.0, true), (60, 49, false), (30, 24, false)])
    func `A12: a fall by a fifth alarms from eight points on`(before: Double, now: Double, alarms: Bool) throws {
        let signal = try #require(try Sample.programme("starter").signals.first { $0.id == "health_drop" })
        var programme = Programme(id: "judged", title: "Judged")
        programme.metrics = [Metric(id: "judged", measure: .grade(scale: []))]
        programme.health.coverageFloor = 1
        programme.health.bands = [HealthBand(id: "any", title: "Any", from: 0, tone: .good)]
        programme.health.groups = [
            HealthGroup(
                id: "g", title: "G", weight: 1,
                components: [
                    HealthComponent(
                        id: "c", title: "C", weight: 1, metric: MetricReference(metric: "judged", windowDays: nil),
                        curve: .identity)
                ])
        ]
        programme.signals = [signal]
        var sample = Sample(programme)
        sample.ledger.set("2026-05-01T08:00:00Z", ["term_start": "2026-01-01"])
        sample.ledger.take("2026-05-01T08:00:00Z", FactType.gradeGiven, ["metric": "judged", "points": .double(before)])
        sample.ledger.turn("2026-06-01T08:00:00Z")
        sample.ledger.take("2026-06-01T09:00:00Z", FactType.gradeGiven, ["metric": "judged", "points": .double(now)])
        #expect((sample.ledger.state.conclusions.signal("health_drop")?.isOpen ?? false) == alarms)
    }

    @Test func `A15: a link works for a day to the second, and once`() async throws {
        let clock = Mutex(noon)
        let house = House(url: "http://localhost:8080", clock: { clock.withLock { $0 } })
        let workspace = try await RoomyWorkspace().workspace
        try house.add(workspace)
        func token(_ teammate: String) -> String {
            String(house.makeLink(teammate: teammate, in: workspace.id).split(separator: "/").last ?? "")
        }
        let (void, used, late) = (token("ada"), token("ada"), token("bo"))
        clock.withLock { $0 = noon + (24 * Milliseconds.hour - Milliseconds.second) }
        // Issued again: the older one is void.
        #expect(!house.isValid(link: void))
        #expect(house.isValid(link: used))
        #expect(try await house.signIn(link: used) != nil)
        #expect(try await house.signIn(link: used) == nil)
        clock.withLock { $0 = noon + (24 * Milliseconds.hour + Milliseconds.second) }
        #expect(!house.isValid(link: late))
        #expect(try await house.signIn(link: late) == nil)
    }

    @Test func `A17: two people with one address are two, and each answers for the own account`() throws {
        let programme = CompiledProgramme(try Sample(showing: ["nps.90d"]).ledger.programme.programme, zones: zones)
        let keys = WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "acme")
        var writer = Writer(
            workspace: "acme", keys: keys, log: MemoryLog(), store: MemoryStore(), composer: PlainTextComposer(),
            programme: programme)
        var arrivals: [Arrival] = []
        for (account, value) in [("one", 10), ("two", 0)] {
            let person = PersonTraits(key: "c-" + account, name: "Ada", email: "ada@example.com", role: "admin")
            let answer: JSONObject = [
                "survey": "s", "instrument": "nps", "value": .int(Int64(value)), "contact": .string(person.key),
            ]
            arrivals += [
                Arrival(id: "a" + account, source: "t", type: FactType.accountChanged, subject: .account(account)),
                Arrival(
                    id: "p" + account, source: "t", type: FactType.contactChanged, subject: .account(account),
                    data: ["contact": .string(person.key), "role": "admin"], person: person),
                Arrival(id: "s" + account, source: "t", type: "survey.answered", subject: .account(account), data: answer),
                Arrival(id: "s" + account, source: "t", type: "survey.answered", subject: .account(account), data: answer),
            ]
        }
        try writer.process(try #require(try writer.accept(arrivals, now: noon).block))
        for (account, nps) in [("one", 100.0), ("two", -100)] {
            let state = try #require(writer.account(external: account))
            let snapshot = Snapshot(programme: programme, workspace: writer.shared, state: state, now: noon)
            let place = try #require(programme.metrics.firstIndex { $0.reference.text == "nps.90d" })
            #expect(snapshot.readings[place].value == nps)
            #expect(snapshot.readings[place].sample == 1)
            #expect(try writer.store.contacts(account: state.id).map(\.email) == ["ada@example.com"])
        }
    }

    /// Ten sessions a working day for five weeks, then none of this account.
    private func silent(andEverybody: Bool) throws -> Sample {
        var sample = try Sample(pack: "starter")
        sample.ledger.set("2026-04-01T08:00:00Z", ["seats": 10, "term_start": "2026-01-01"])
        for number in 0..<35 {
            for user in 0..<10 {
                let at = ZoneRules.utc.instant(day: day("2026-04-01") + Int32(number)) + 9 * Milliseconds.hour
                sample.ledger.take((at + Int64(user) * 1000).text, "user.session", member: "u\(user)")
            }
        }
        let end = day("2026-05-06")
        for number in 0..<12 {
            let at = ZoneRules.utc.instant(day: end + Int32(number)) + 9 * Milliseconds.hour
            if !andEverybody {
                sample.ledger.workspace.lastRecorded["user.session"] = at
                sample.ledger.workspace.lastActivity = at
            }
            sample.ledger.turn(at)
        }
        return sample
    }

    @Test func `A18: use is unknown when the collector is silent for all, and falls when one account is`() throws {
        let (all, one) = (try silent(andEverybody: true), try silent(andEverybody: false))
        let end = "2026-05-17T09:00:00Z"
        #expect(all.reading("sessions.count.7d", at: end)?.unknown == .stale)
        #expect(all.reading("users.active.30d", at: end)?.unknown == .stale)
        #expect(one.value("sessions.count.7d", at: end) == 0)
        #expect(one.value("users.active.30d", at: end) == 10)
        let raised = { (sample: Sample) in sample.ledger.state.conclusions.signal("usage_drop")?.isOpen ?? false }
        #expect(!raised(all))
        #expect(raised(one))
        let coverage = { (sample: Sample) in sample.ledger.snapshot(at: instant(end)).health?.coverageMicros ?? 0 }
        #expect(coverage(all) < coverage(one))
    }
}
