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
        customers = accounts.map { Customer($0, seed: seed, days: days, tiers: tiers) }
    }

    /// Customers that nothing is heard of any more at the end.
    package var gone: [String] { customers.filter { $0.isGone(by: days) }.map(\.external) }

    /// Days of all accounts together, from the one on which each is known on.
    package var accountDays: Int { customers.reduce(0) { $0 + days - $1.fortune.start } }

    /// When the local day of the workspace begins.
    package func start(of day: Int) -> Instant { Instant(milliseconds: Int64(firstDay.number + Int32(day)) * Milliseconds.day) }
}

// MARK: - Beginnings

extension World {
    /// The first facts about every customer that is one when the world begins: account, owners, people, contract.
    package var beginnings: [Arrival] { customers.filter { $0.fortune.start == 0 }.flatMap { beginning($0) } }

    /// The same of a customer, as of the day on which it signs.
    func beginning(_ customer: Customer) -> [Arrival] {
        let term = customer.terms[0]
        var data: JSONObject = [
            "name": .string(customer.name), "tier": .string(customer.tier), "time_zone": .string(customer.zone),
        ]
        for member in terms(term).members { data[member.name] = member.value }
        data["customer_since"] = customer.terms.first.map { .string((firstDay + Int32($0.start)).text) }
        var generator = SeededGenerator(seed: seed, customer.number, -2)
        for role in programme.programme.roles where !role.isTeamWide { data[role.id] = .string(owner(role.id, customer)) }
        for field in programme.programme.accountFields where data[field.id] == nil {
            data[field.id] = value(of: field, customer, &generator)
        }
        let account = Arrival(
            id: "account-\(customer.number)", source: "crm", type: FactType.accountChanged,
            subject: .account(customer.external), occurred: signed(customer), data: data)
        return [account] + people(customer, &generator)
    }

    /// When the vendor first knows of a customer: who signs later is known in the evening before the first day.
    func signed(_ customer: Customer) -> Instant {
        start(of: customer.fortune.start) + (customer.fortune.start > 0 ? -Milliseconds.hour : 0)
    }

    /// What a contract says of the account: what was bought, until when, and what for.
    func terms(_ term: Term) -> JSONObject {
        [
            "seats": .int(Int64(term.seats)), "arr": .double(term.arr),
            "term_start": .string((firstDay + Int32(term.start)).text),
            "term_end": .string((firstDay + Int32(term.end)).text),
            "notice_by": .string((firstDay + Int32(term.end - Term.noticeDays)).text),
        ]
    }

    /// Colleagues who share the accounts: sixty each where there are six hundred.
    private static let ownersOfRole = 10

    private func owner(_ role: String, _ customer: Customer) -> String {
        let name = Names.people[(customer.number + role.utf8.count) % Self.ownersOfRole]
        return name.lowercased().split(separator: " ").joined(separator: ".") + "@vendor.example"
    }

    private func value(of field: AccountField, _ customer: Customer, _ generator: inout SeededGenerator) -> JSON? {
        switch field.kind {
        case .text: nil
        case .number: .double(Double(generator.whole(10...30)))
        case .whole: .int(Int64(wholeValue(field.id, customer)))
        case .money: .double((customer.terms[0].arr / 12).rounded())
        case .flag: .bool(field.id.hasSuffix("alerts"))
        case .date: .string((firstDay + Int32(customer.terms[0].end)).text)
        case .choice(let choices): generator.pick(choices).map { .string($0) }
        }
    }

    private func wholeValue(_ id: String, _ customer: Customer) -> Int {
        if id == "entitled_users" { return customer.entitled }
        if id.contains("feature") { return max(3, programme.programme.features.count) }
        if id.contains("limit") { return customer.terms[0].seats * 60 }
        return customer.terms[0].seats
    }

    private func people(_ customer: Customer, _ generator: inout SeededGenerator) -> [Arrival] {
        plan.contactRoles.map { role in
            let name = generator.pick(Names.people) ?? ""
            return contact(customer, key: "\(customer.external)-\(role)", role, name: name, at: signed(customer))
        }
    }

    /// Somebody takes on a role at a customer.
    func contact(_ customer: Customer, key: String, _ role: String, name: String, at instant: Instant) -> Arrival {
        var arrival = Arrival(
            id: "contact-\(key)", source: "crm", type: FactType.contactChanged, subject: .account(customer.external),
            occurred: instant, data: ["contact": .string(key), "role": .string(role)])
        arrival.person = PersonTraits(
            key: key, name: name,
            email: name.lowercased().split(separator: " ").joined(separator: ".") + "@\(customer.external).example", role: role)
        return arrival
    }
}
