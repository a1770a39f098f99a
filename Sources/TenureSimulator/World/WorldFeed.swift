package import TenureCore
package import TenureRuntime

/// Hands out what reaches the vendor, in order: each day is written once, and what comes late waits here.
package struct WorldFeed: Sendable {
    private let world: World
    private var nextDay = 0
    private var waiting: [Timed] = []

    package init(_ world: World) { self.world = world }

    /// Everything that reaches the vendor before an instant and was not handed out yet.
    package mutating func arrivals(before end: Instant) -> [Arrival] {
        while nextDay < world.days, world.start(of: nextDay) < end {
            waiting += world.write(day: nextDay)
            nextDay += 1
        }
        let ready = waiting.indices.filter { waiting[$0].reached < end }
            .sorted { (waiting[$0].reached, $0) < (waiting[$1].reached, $1) }
        let arrivals = ready.map { waiting[$0].arrival }
        waiting.removeAll { $0.reached < end }
        return arrivals
    }
}

extension World {
    /// All customers' day, in their order; days know nothing of each other, nor do customers.
    fileprivate func write(day: Int) -> [Timed] {
        customers.flatMap { customer -> [Timed] in
            if day + 1 == customer.fortune.start {
                return beginning(customer).map { Timed(reached: signed(customer), arrival: $0) }
            }
            guard isAlive(customer, day) else { return [] }
            var writer = DayWriter(world: self, customer: customer, day: day)
            writer.write()
            return writer.timed
        }
    }

    private func isAlive(_ customer: Customer, _ day: Int) -> Bool {
        day >= customer.fortune.start && !customer.isGone(by: day)
    }
}
