package import TenureCore
package import TenureEngine
import TenureProgramme
package import TenureRuntime

/// A believable portfolio for any programme: what every customer does on every day follows from the seed alone.
package struct World: Sendable {
    package let programme: CompiledProgramme
    package let seed: UInt64
    package let firstDay: Day
    package let days: Int
    /// Scales how much happens; 1 gives about a dozen events an account and day.
    package let intensity: Double
    let customers: [Customer]
    let plan: EventsInUse

    /// - Parameter accounts: numbers of the customers, who are the same in every world of the seed.
    package init(
        programme: CompiledProgramme, accounts: Range<Int>, days: Int, seed: UInt64, firstDay: Day, intensity: Double = 1
    ) {
        self.programme = programme
        self.seed = seed
        self.firstDay = firstDay
        self.days = days
        self.intensity = intensity
        plan = EventsInUse(programme.programme)
        let tiers = programme.programme.tiers.map(\.id)
        customers = accounts.map { Self.customer($0, seed: seed, days: days, tiers: tiers) }
    }

    private static func customer(_ number: Int, seed: UInt64, days: Int, tiers: [String]) -> Customer {
        var generator = SeededGenerator(seed: seed, number, -1)
        let size = generator.unit()
        let seats = size < 0.6 ? generator.whole(8...40) : size < 0.9 ? generator.whole(40...120) : generator.whole(120...300)
        let tier = tiers.isEmpty ? "" : tiers[min(tiers.count - 1, Int(size * Double(tiers.count)))]
        let first = generator.pick(Names.first) ?? "", second = generator.pick(Names.second) ?? ""
        return Customer(
            number: number, external: "cust-\(number + 1)", name: "\(first) \(second)", tier: tier, seats: seats,
            arr: Double(seats * generator.whole(180...420)), zone: generator.pick(Names.zones) ?? "UTC",
            habit: 0.35 + 0.4 * generator.unit(), friction: 0.4 + 1.3 * generator.unit() * generator.unit(),
            story: Story.draw(&generator, days: days), termEnds: generator.whole(30...days + 330))
    }

    /// How many lost customers gave notice, with the day.
    package var notices: [(external: String, day: Int)] {
        customers.compactMap { customer in
            if case .churning(let day) = customer.story { (customer.external, day) } else { nil }
        }
    }

    /// Customers that nothing is heard of any more at the end.
    package var gone: [String] {
        customers.filter { $0.story.lastDay.map { $0 < days } ?? false }.map(\.external)
    }

    /// When the local day of the workspace begins.
    package func start(of day: Int) -> Instant { Instant(milliseconds: Int64(firstDay.number + Int32(day)) * Milliseconds.day) }
}

// MARK: - Beginnings

extension World {
    /// The first facts about every customer: account, owners, people, contract.
    package var beginnings: [Arrival] { customers.flatMap { beginning($0) } }

    private func beginning(_ customer: Customer) -> [Arrival] {
        let started = customer.story.startDay
        var data: JSONObject = [
            "name": .string(customer.name), "tier": .string(customer.tier), "seats": .int(Int64(customer.seats)),
            "arr": .double(customer.arr), "time_zone": .string(customer.zone),
        ]
        let ends = started + customer.termEnds
        for member in term(from: started > 0 ? started : ends - 365, to: ends).members { data[member.name] = member.value }
        var generator = SeededGenerator(seed: seed, customer.number, -2)
        for role in programme.programme.roles where !role.isTeamWide { data[role.id] = .string(owner(role.id, customer)) }
        for field in programme.programme.accountFields where data[field.id] == nil {
            data[field.id] = value(of: field, customer, &generator)
        }
        let account = Arrival(
            id: "account-\(customer.number)", source: "crm", type: FactType.accountChanged,
            subject: .account(customer.external), occurred: start(of: 0), data: data)
        return [account] + people(customer, &generator)
    }

    /// The dates of a contract that runs between two days.
    func term(from start: Int, to end: Int) -> JSONObject {
        [
            "term_start": .string((firstDay + Int32(start)).text), "term_end": .string((firstDay + Int32(end)).text),
            "notice_by": .string((firstDay + Int32(end - 60)).text),
        ]
    }

    private func owner(_ role: String, _ customer: Customer) -> String {
        let name = Names.people[(customer.number / 7 + role.utf8.count) % Names.people.count]
        return name.lowercased().split(separator: " ").joined(separator: ".") + "@vendor.example"
    }

    private func value(of field: AccountField, _ customer: Customer, _ generator: inout SeededGenerator) -> JSON? {
        switch field.kind {
        case .text: nil
        case .number: .double(Double(generator.whole(10...30)))
        case .whole: .int(Int64(wholeValue(field.id, customer)))
        case .money: .double((customer.arr / 12).rounded())
        case .flag: .bool(field.id.hasSuffix("alerts"))
        case .date: .string((firstDay + Int32(customer.termEnds)).text)
        case .choice(let choices): generator.pick(choices).map { .string($0) }
        }
    }

    private func wholeValue(_ id: String, _ customer: Customer) -> Int {
        if id == "entitled_users" { return customer.entitled }
        if id.contains("feature") { return max(3, programme.programme.features.count) }
        if id.contains("limit") { return customer.seats * 60 }
        return customer.seats
    }

    private func people(_ customer: Customer, _ generator: inout SeededGenerator) -> [Arrival] {
        plan.contactRoles.map { role in
            let name = generator.pick(Names.people) ?? ""
            let key = "\(customer.external)-\(role)"
            var arrival = Arrival(
                id: "contact-\(key)", source: "crm", type: FactType.contactChanged, subject: .account(customer.external),
                occurred: start(of: 0), data: ["contact": .string(key), "role": .string(role)])
            arrival.person = PersonTraits(
                key: key, name: name,
                email: name.lowercased().split(separator: " ").joined(separator: ".") + "@\(customer.external).example", role: role)
            return arrival
        }
    }
}
