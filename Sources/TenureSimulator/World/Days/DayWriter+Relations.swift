import TenureCore
import TenureProgramme
import TenureRuntime

/// Who speaks with whom, and what people say.
extension DayWriter {
    mutating func relations() {
        people()
        guard isWorkday else { return }
        let closeness = (1 - customer.fortune.felt(.championLeft, on: day)) * (0.4 + 0.6 * min(1, vigour))
        if generator.chance(customer.size.of(0.035, 0.06, 0.09) * closeness) {
            add("contact.touched", ["contact": .string(sponsor), "role": "sponsor", "kind": "reply"])
        }
        if isTurn(everyWeeks: customer.size.of(26, 8, 4)), generator.chance(0.25 + 0.7 * closeness) {
            let name = "M\(day)"
            add(
                "meeting.held",
                ["meeting": .string(name), "kind": "mbr", "minutes": 45, "contact": .string(sponsor), "role": "sponsor"])
        }
        for (place, instrument) in plan.instruments.enumerated() where isTurn(everyWeeks: 9, place: place * 2) {
            if generator.chance(0.75) { answer(instrument) }
        }
        if generator.chance(0.03) { feedback() }
    }

    /// A champion or sponsor who leaves is told of some days later, if at all; in time somebody else takes over.
    private mutating func people() {
        for trouble in customer.fortune.troubles where trouble.cause == .championLeft {
            let role = trouble.start % 2 == 0 ? "sponsor" : "champion"
            if day == trouble.start + 10, customer.number % 3 > 0 { left(role) }
            if day == trouble.healing { successor(role, trouble) }
        }
    }

    private mutating func left(_ role: String) {
        let key = "\(customer.external)-\(role)"
        let told = Arrival(
            id: "left-\(key)-\(day)", source: "crm", type: FactType.contactChanged, subject: .account(customer.external),
            occurred: world.start(of: day), data: ["contact": .string(key), "left": true])
        timed.append(Timed(reached: world.start(of: day) + Milliseconds.hour, arrival: told))
    }

    private mutating func successor(_ role: String, _ trouble: Trouble) {
        let at = world.start(of: day), name = generator.pick(Names.people) ?? ""
        let key = "\(customer.external)-\(role)-\(trouble.start)"
        let arrival = world.contact(customer, key: key, role, name: name, at: at)
        timed.append(Timed(reached: at + Milliseconds.hour, arrival: arrival))
    }

    /// Who speaks for the customer now.
    private var sponsor: String {
        let gone = customer.fortune.troubles.last { trouble in
            trouble.cause == .championLeft && trouble.start % 2 == 0 && trouble.healing.map { $0 <= day } ?? false
        }
        return "\(customer.external)-sponsor" + (gone.map { "-\($0.start)" } ?? "")
    }

    private mutating func feedback() {
        let isPraise = generator.chance(customer.mood(on: day))
        let (kind, sentiment) = isPraise ? ("praise", 0.6) : ("complaint", -0.5)
        add("feedback.given", ["kind": .string(kind), "sentiment": .double(sentiment)])
    }

    /// An answer on the instrument's scale, the better the more content people are; each has a day of its own.
    private mutating func answer(_ instrument: String) {
        let most = switch instrument {
        case "nps", "technical": 10.0
        case "pmf": 3.0
        case "csat": plan.satisfactionMax
        default: 5.0
        }
        let value = (most * min(1, customer.mood(on: day) + 0.36 * generator.unit() - 0.14)).rounded()
        add(
            "survey.answered",
            [
                "survey": .string("\(instrument)-\(day)"), "instrument": .string(instrument), "value": .double(max(1, value)),
                "response": .string("\(instrument)-\(customer.number)-\(day)"),
                "contact": .string(customer.external + "-champion"),
            ])
    }
}
