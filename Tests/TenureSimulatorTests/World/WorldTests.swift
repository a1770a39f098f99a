import TenureAuthoring
import TenureCore
import TenureEngine
import TenurePacks
import TenureProgramme
import TenureRuntime
import Testing

@testable import TenureSimulator

/// The simulated customers live as customers do, and say what customers say.
@Suite struct WorldTests {
    private static let library = ProgrammeLibrary(files: EmbeddedFiles.all)
    /// A Wednesday: notices fall on weekends too.
    private static let firstDay = Day(CivilDate(year: 2025, month: 1, day: 8))

    private func world(_ accounts: Range<Int>, seed: UInt64 = 7, days: Int = 365) throws -> World {
        let loaded = try #require(Self.library.read(Self.library.folder("starter")).0)
        return World(
            programme: Self.library.compile(loaded, number: 1), accounts: accounts, days: days, seed: seed,
            firstDay: Self.firstDay)
    }

    private func arrivals(of world: World) -> [Arrival] {
        var feed = WorldFeed(world)
        return world.beginnings + feed.arrivals(before: world.start(of: world.days + 1))
    }

    @Test func `who leaves says so once, whatever day of the week it is, and pays nothing from its last day on`() throws {
        let world = try world(0..<400)
        let told = Dictionary(grouping: arrivals(of: world)) { $0.subject.external ?? "" }
        let leaving = world.customers.filter { ($0.departure?.notice ?? world.days) < world.days }
        #expect(leaving.count > 20)
        let weekdays = Set(leaving.compactMap { $0.departure.map { (Self.firstDay + Int32($0.notice)).weekday } })
        #expect(weekdays.contains(5) || weekdays.contains(6))
        for customer in leaving {
            let own = told[customer.external] ?? []
            #expect(Set(own.filter { $0.type == "churn.noticed" }.map(\.id)).count == 1)
            let isOver = customer.isGone(by: world.days)
            let nothing = own.filter { $0.type == FactType.accountChanged && $0.data["arr"]?.number == 0 }
            #expect(nothing.count == (isOver ? 1 : 0))
            let last = own.compactMap(\.occurred).max()
            if isOver, let end = customer.departure?.effective { #expect(last.map { $0 < world.start(of: end + 60) } ?? false) }
        }
        for customer in world.customers where customer.departure == nil {
            #expect(!(told[customer.external] ?? []).contains { $0.type == "churn.noticed" })
        }
    }

    @Test func `between 8 and 15 percent of the customers are lost in a year, large ones less often`() throws {
        var (all, lost, large, lostLarge) = (0, 0, 0, 0)
        for seed in UInt64(1)...8 {
            let customers = try world(0..<600, seed: seed).customers.filter { $0.fortune.start == 0 }
            let leaving = customers.filter { ($0.departure?.notice ?? 365) < 365 }
            (all, lost) = (all + customers.count, lost + leaving.count)
            large += customers.count { $0.terms[0].arr >= 20_000 }
            lostLarge += leaving.count { $0.terms[0].arr >= 20_000 }
        }
        let (share, shareLarge) = (Double(lost) / Double(all), Double(lostLarge) / Double(large))
        #expect((0.08...0.15).contains(share) && shareLarge < share, "\(share), \(shareLarge)")
    }

    @Test func `most who are lost had lost much of their life before, some nothing, and some who lost it stay`() throws {
        let customers = try world(0..<2000).customers
        let losses = customers.compactMap { one in one.departure.map { one.fortune.loss(on: $0.notice) } }
        #expect(losses.count { $0 > 0.3 } * 2 > losses.count && losses.count { $0 == 0 } * 10 > losses.count)
        let fading = customers.filter { one in one.fortune.troubles.contains { $0.depth > 0.3 && $0.felt(on: 200) == 1 } }
        #expect(fading.count { $0.departure == nil } * 4 > fading.count)
        // Nine in ten customers are well on an average day.
        #expect(customers.count { $0.fortune.loss(on: 200) < 0.25 } * 10 > customers.count * 8)
    }

    @Test func `customers are the same whoever else is looked at`() throws {
        let (all, some) = (try world(0..<30, days: 90), try world(10..<20, days: 90))
        let names = Set(some.customers.map(\.external))
        let picked = arrivals(of: all).filter { names.contains($0.subject.external ?? "") }
        #expect(Set(picked.map(\.id)) == Set(arrivals(of: some).map(\.id)) && !picked.isEmpty)
    }

    @Test func `who signs later is nobody before, and begins with an account`() throws {
        let world = try world(0..<200)
        let later = world.customers.filter { $0.fortune.start > 0 }
        #expect(later.count > 10 && later.contains { $0.fortune.start > 300 })
        let told = Dictionary(grouping: arrivals(of: world)) { $0.subject.external ?? "" }
        for customer in later {
            let first = (told[customer.external] ?? []).compactMap(\.occurred).min()
            #expect(first.map { $0 >= world.start(of: customer.fortune.start) + -34 * Milliseconds.day } ?? false)
            #expect((told[customer.external] ?? []).contains { $0.type == FactType.accountChanged })
        }
        #expect(!world.beginnings.contains { arrival in later.contains { $0.external == arrival.subject.external } })
    }
}

extension Arrival.Subject {
    fileprivate var external: String? { if case .account(let external) = self { external } else { nil } }
}
