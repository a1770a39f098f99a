import TenureCore
import TenureEngine
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

@testable import TenureSimulator

/// Simulated tickets say what promises ask of them, and the desk mostly keeps what was promised.
@Suite struct PromisedTicketsTests {
    private static let library = ProgrammeLibrary(files: EmbeddedFiles.all)
    private static let firstDay = Day(CivilDate(year: 2025, month: 1, day: 8))
    private static let levels = [
        "auterity": ["critical", "high", "medium", "low"], "claresia": ["sev1", "sev2", "sev3"],
        "credlink": ["critical", "high", "medium", "low"], "csos": ["P1", "P2"],
    ]

    private func programme(_ pack: String) throws -> CompiledProgramme {
        Self.library.compile(try #require(Self.library.read(Self.library.folder(pack)).0), number: 1)
    }

    /// By ticket, what each kind of event says of it.
    private func tickets(_ pack: String) throws -> [String: [String: Arrival]] {
        let world = World(
            programme: try programme(pack), accounts: 0..<60, days: 365, seed: 7, firstDay: Self.firstDay, intensity: 0.25)
        var feed = WorldFeed(world)
        var told: [String: [String: Arrival]] = [:]
        for arrival in feed.arrivals(before: world.start(of: world.days + 60)) {
            if let ticket = arrival.data["ticket"]?.string { told[ticket, default: [:]][arrival.type] = arrival }
        }
        return told.filter { $0.value["ticket.created"] != nil }
    }

    @Test(arguments: levels.keys.sorted())
    func `each ticket is worded as its programme's promises are, few are urgent, and all are answered`(pack: String) throws {
        let promised = try #require(PromisedTickets(try programme(pack).programme))
        let field = try #require(promised.field)
        #expect(promised.levels == Self.levels[pack])
        let tickets = try tickets(pack)
        var words: [String: Int] = [:]
        for (ticket, events) in tickets {
            words[events["ticket.created"]?.data[field]?.string ?? "", default: 0] += 1
            let times = ["ticket.created", "ticket.replied", "ticket.resolved"].compactMap { events[$0]?.occurred }
            #expect(times.count == 3 && times == times.sorted(), "\(ticket)")
        }
        #expect(Set(words.keys) == Set(promised.levels).union(promised.levels.count < 3 ? ["P3"] : []))
        let urgent = promised.levels.first.flatMap { words[$0] } ?? 0
        let high = promised.levels.dropFirst().first.flatMap { words[$0] } ?? 0
        #expect(urgent > 0 && urgent * 5 < tickets.count && (urgent + high) * 2 < tickets.count, "\(words)")
    }

    @Test(arguments: ["maestro", "starter"])
    func `where nothing is promised tickets are as they were`(pack: String) throws {
        let tickets = try tickets(pack)
        #expect(PromisedTickets(try programme(pack).programme) == nil && tickets.count > 50)
        let words = Set(tickets.values.compactMap { $0["ticket.created"]?.data["priority"]?.string })
        #expect(words == ["P1", "P2", "P3"] && !tickets.values.contains { $0["ticket.replied"] != nil })
    }

    @Test func `promises are kept, now and then missed, and some still run`() throws {
        let portfolio = Portfolio(
            accounts: 50, days: 60, seed: 42, firstDay: Self.firstDay, intensity: 0.25, stepHours: 24)
        var simulation = portfolio.simulation(of: 0..<50, try programme("auterity"), ForgetfulStore())
        _ = try simulation.run()
        var standings: [ClockStanding: Int] = [:]
        for account in simulation.writer.accounts.map(\.value) {
            let clocks = account.conclusions.clocks
            for clock in clocks.running + clocks.ended { standings[clock.standing, default: 0] += 1 }
        }
        let (met, missed) = (standings[.met] ?? 0, standings[.missed] ?? 0)
        #expect(met > 40 && missed > 0 && missed * 5 < met, "\(standings)")
        #expect((standings[.running] ?? 0) > 0 && standings[.undefined] == nil, "\(standings)")
    }
}
