import TenureCore
import TenureFixtures
import TenureRuntime

/// The vendor's systems: they say what happened, more or less in time, and repeat it until somebody has acknowledged it.
struct SwarmSender {
    /// Something that is to be said, and when the next try is.
    struct Saying: Sendable {
        var arrival: Arrival
        var at: Instant
    }

    /// What was sent under an id: whoever is taken first counts.
    struct Sent: Sendable {
        var contents: [JSONObject] = []
        /// Of those, the one that was acknowledged.
        var acknowledged: JSONObject?
        /// Whether an answer said that it waits for its account.
        var waits = false
    }

    private(set) var accounts: [String]
    private(set) var waiting: [Saying] = []
    private(set) var sent: [String: Sent] = [:]
    private let disk: SwarmDisk
    private var count = 0
    private static let accountsMax = 14

    init(accounts: [String], disk: SwarmDisk) {
        self.accounts = accounts
        self.disk = disk
    }

    mutating func introduce(at now: Instant) {
        for account in accounts { introduce(account, at: now) }
    }

    /// An account and the person there.
    private mutating func introduce(_ account: String, at now: Instant) {
        var person = Arrival(
            id: "contact-\(account)", source: "crm", type: FactType.contactChanged, subject: .account(account),
            data: ["contact": .string("k-" + account), "role": "sponsor"])
        person.person = PersonTraits(key: "k-" + account, name: "Ada", email: "ada@\(account).example", role: "sponsor")
        say(
            Arrival(
                id: "account-\(account)", source: "crm", type: FactType.accountChanged, subject: .account(account),
                data: ["name": .string(account), "csm": .string("csm@\(account).vendor.example")]), at: now)
        say(person, at: now)
    }

    /// Events name an account that is told of only later.
    private mutating func welcome(at now: Instant) {
        guard accounts.count < Self.accountsMax, disk.happens(.unknownAccount) else { return }
        accounts.append("acc\(accounts.count + 1)")
        introduce(accounts[accounts.count - 1], at: now + Int64(disk.below(72)) * Milliseconds.hour)
    }

    /// What happens at the customers now.
    mutating func live(at now: Instant) {
        welcome(at: now)
        for _ in 0..<disk.below(6) {
            count += 1
            let account = accounts[disk.below(accounts.count)]
            let isTicket = disk.below(6) == 0
            let data: JSONObject = isTicket ? ["ticket": .string("T\(count)")] : [:]
            let event = Arrival(
                id: "e\(count)", source: "app", type: isTicket ? "ticket.created" : "user.session",
                subject: .account(account), user: "u\(disk.below(4))-\(account)", occurred: now + -Int64(disk.below(3_600_000)),
                data: data)
            say(event, at: now + delay())
            vary(event, at: now)
        }
    }

    private func delay() -> Int64 {
        if disk.happens(.late) { return Int64(disk.below(45 * 24)) * Milliseconds.hour }
        return disk.happens(.outOfOrder) ? Int64(disk.below(72 * 60)) * Milliseconds.minute : 0
    }

    private mutating func vary(_ event: Arrival, at now: Instant) {
        if disk.happens(.sentAgain) {
            for _ in 0...disk.below(3) { say(event, at: now + Int64(disk.below(50)) * Milliseconds.hour) }
        }
        if disk.happens(.otherContent) {
            var other = event
            other.data["changed"] = true
            say(other, at: now + Int64(disk.below(20)) * Milliseconds.hour)
        }
        if disk.happens(.takenBack) {
            var back = event
            back.id = "back-" + (event.id ?? "")
            back.operation = .retract(id: event.id ?? "")
            back.occurred = nil
            back.data = [:]
            say(back, at: now + Int64(disk.below(20 * 24)) * Milliseconds.hour)
        }
    }

    private mutating func say(_ arrival: Arrival, at instant: Instant) {
        waiting.append(Saying(arrival: arrival, at: instant))
    }

    // MARK: Sending

    /// A batch that is due, at most so many; nil when nothing is.
    mutating func next(at now: Instant, max: Int) -> [Arrival]? {
        let due = waiting.indices.filter { waiting[$0].at <= now }.prefix(max)
        guard !due.isEmpty else { return nil }
        let batch = due.map { waiting[$0].arrival }
        for index in due.reversed() { waiting.remove(at: index) }
        for arrival in batch { sent[arrival.id ?? "", default: Sent()].contents.append(arrival.data) }
        return batch
    }

    mutating func hear(_ answers: [ArrivalAnswer], to batch: [Arrival]) {
        for (arrival, answer) in zip(batch, answers) {
            let id = arrival.id ?? ""
            switch answer {
            case .accepted, .duplicate: sent[id]?.acknowledged = arrival.data
            case .quarantined:
                sent[id]?.acknowledged = arrival.data
                sent[id]?.waits = true
            case .rejected, .refused: continue
            }
        }
    }

    /// Nobody answered: the same again, later.
    mutating func repeatLater(_ batch: [Arrival], at now: Instant) {
        for arrival in batch { say(arrival, at: now + Int64(1 + disk.below(90)) * Milliseconds.minute) }
    }

    /// All that is left, at once.
    mutating func hurry(at now: Instant) {
        for index in waiting.indices { waiting[index].at = min(waiting[index].at, now) }
    }
}
