import TenureAuthoring
import TenureCore
import TenureEngine
import TenureRuntime
import Testing

/// A programme whose metrics go stale when nobody's events come, so that parts of a portfolio depend on each other.
private let folder = ProgrammeFolder(files: [
    (
        "programme.yaml",
        """
        programme: {id: past, title: Past, version: 1, day_one: 0, time_zone: UTC, currency: USD}
        events:
          - {type: login, title: Login, activity: true}
        metrics:
          - {id: logins, title: Logins, unit: count, better: up, sum: {event: login}, windows: [7d], max_age: 60h}
        health:
          id: overall
          version: 1
          coverage_floor: 10
          group_coverage_floor: 10
          hysteresis: 2
          dwell_days: 1
          groups:
            - id: use
              title: Use
              weight: 100
              components:
                - {id: logins, title: Logins, weight: 1, metric: logins.7d, curve: {linear: [[0, 0], [12, 100]]}}
          bands:
            - {id: good, title: Good, from: 70, tone: good, action: Grow}
            - {id: fair, title: Fair, from: 40, tone: warning, action: Ask}
            - {id: bad, title: Bad, from: 0, tone: critical, action: Call}
        signals:
          - {id: few, title: Few, severity: high, when: 'm("logins.7d") < 5.0', for: 2d, cooldown: 6d}
          - {id: low, title: Low, severity: high, when: 'health.score < 40', clear: 'health.score >= 60'}
        """
    )
])

private let zoneNames = ["UTC", "Europe/Rome", "America/New_York", nil]
private let zones = ZoneTable(
    text: """
        version 2026-test
        America/New_York -18000 1772953200:-14400 20559600:-18000
        Europe/Rome 3600 1774746000:7200 18144000:3600
        """)
private let first = Day(number: 20_500)
private let dayCount: Int32 = 70

private func compiled() throws -> CompiledProgramme {
    let (loaded, mistakes) = ProgrammeReader.read(folder, catalogue: nil, zones: zones)
    #expect(mistakes.map(\.title) == [])
    return CompiledProgramme(try #require(loaded).programme, zones: zones)
}

private struct Dice {
    var state: UInt64

    mutating func below(_ end: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(end))
    }
}

/// Accounts in several zones that come and go, are told of late, and are all silent for some days together.
private func accounts(seed: Int) -> [PastAccount] {
    var dice = Dice(state: UInt64(seed))
    return (0..<9).map { number in
        var facts: [PastFact] = []
        let zone = zoneNames[number % zoneNames.count]
        let begin = ZoneRules.utc.instant(day: first + Int32(dice.below(20)))
        var record = Arrival(
            id: nil, source: "test", type: FactType.accountChanged, subject: .account("a\(number)"),
            occurred: begin)
        if let zone { record.data = ["time_zone": .string(zone)] }
        facts.append(PastFact(recorded: begin, arrival: record))
        for number in 0..<150 {
            let occurred = begin + Int64(dice.below(45 * 86_400)) * 1000
            let delay = dice.below(4) == 0 ? Int64(dice.below(9 * 86_400)) * 1000 : 0
            let told = ZoneRules.utc.day(at: occurred + delay) - first
            if (30...34).contains(told) { continue }
            let login = Arrival(
                id: "e\(number)", source: "test-\(record.subject)", type: "login", subject: record.subject,
                user: "u",
                occurred: occurred)
            facts.append(PastFact(recorded: occurred + delay, arrival: login))
        }
        return PastAccount(external: "a\(number)", zone: zone, facts: facts)
    }
}

private func courses(
    _ accounts: [PastAccount], days: Int32 = dayCount, partMax: Int = 50
) throws -> [AccountCourse] {
    try PastReplay(accounts, days: first...first + (days - 1), partMax: partMax).run(on: [try compiled()])
        .courses
}

@Suite struct PastReplayTests {
    @Test(arguments: 1...6) func `a past lived in parts is the past lived as a whole`(seed: Int) throws {
        let accounts = accounts(seed: seed)
        let whole = try courses(accounts)
        #expect(whole == (try courses(accounts, partMax: 1)))
        #expect(whole == (try courses(accounts, partMax: 4)))
        #expect(whole.contains { !$0.openSignals.joined().isEmpty })
        #expect(whole.contains { !$0.unknownComponents.joined().isEmpty })
    }

    @Test(arguments: 1...6) func `what is recorded later changes no earlier day`(seed: Int) throws {
        let accounts = accounts(seed: seed)
        let cut = 25 + Int32(seed) * 3
        // In the zone where the day ends last; elsewhere a few hours more are known, and no day that has ended.
        let end = ZoneRules.utc.instant(day: first + cut)
        let unseen = accounts.map { account in
            PastAccount(
                external: account.external, zone: account.zone,
                facts: account.facts.filter { $0.recorded < end })
        }
        let known = try courses(accounts)
        for (one, other) in zip(known, try courses(unseen)) {
            // Days that ended before the cut in every zone.
            let days = Int(cut) - 1
            let begun = Int((one.firstDay ?? first) - first)
            #expect(one.scores.prefix(max(0, days - begun)) == other.scores.prefix(max(0, days - begun)))
            #expect(
                cropped(one.openSignals, before: first + (cut - 1))
                    == cropped(other.openSignals, before: first + (cut - 1)))
        }
        #expect(known != (try courses(unseen)))
    }

    @Test func `what happened but was recorded later is not seen before`() throws {
        func course(delayDays: Int64) throws -> AccountCourse {
            let accounts = [comer("late", delayDays: delayDays), comer("other", delayDays: 0)]
            return try #require(try courses(accounts, days: 30).first)
        }
        #expect(try course(delayDays: 0).openSignals[0] == [])
        // From the tenth day on nothing is known for nine days: by then a week's window is all but empty.
        let opened = try course(delayDays: 9).openSignals[0].first
        #expect(opened?.lowerBound == first + 16)
    }

    /// Somebody comes twice a day; from the tenth day on that is told so many days later.
    private func comer(_ name: String, delayDays: Int64) -> PastAccount {
        let begin = ZoneRules.utc.instant(day: first)
        let record = Arrival(
            id: nil, source: "test", type: FactType.accountChanged, subject: .account(name), occurred: begin)
        let logins = (0..<80).map { number in
            let occurred = begin + Int64(number) * 12 * Milliseconds.hour
            let delay = number >= 20 ? delayDays * Milliseconds.day : 0
            return PastFact(
                recorded: occurred + delay,
                arrival: Arrival(
                    id: "\(name)-\(number)", source: "test", type: "login", subject: .account(name),
                    user: "u",
                    occurred: occurred))
        }
        return PastAccount(
            external: name, zone: nil, facts: [PastFact(recorded: begin, arrival: record)] + logins)
    }

    private func cropped(_ stretches: [[ClosedRange<Day>]], before end: Day) -> [[ClosedRange<Day>]] {
        stretches.map { own in
            own.filter { $0.lowerBound < end }.map { $0.lowerBound...min($0.upperBound, end + -1) }
        }
    }
}
