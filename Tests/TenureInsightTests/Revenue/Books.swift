import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import Testing

@testable import TenureInsight

/// Accounts by what is said of them, and the reports over them.
struct Books {
    var programme: Programme
    private(set) var facts: [Fact] = []
    private(set) var retracted: [Retraction] = []

    init(_ source: RevenueSource, zone: String = "UTC", rates: [ExchangeRate] = []) {
        programme = Programme(id: "books", title: "Books")
        programme.zone = zone
        programme.currency = "EUR"
        programme.revenue = RevenueTerms(source: source, rates: rates)
        programme.events = [
            "contract.signed", "contract.amended", "contract.ended", "subscription.changed", "churn.noticed",
        ].map { EventType(type: $0, title: $0) }
    }

    mutating func say(
        _ account: String, _ at: String, _ type: String, _ data: JSONObject, recorded: String? = nil,
        flags: Fact.Flags = [], id: String? = nil
    ) {
        let moment = Self.moment(at)
        facts.append(
            Fact(
                occurred: moment, recorded: recorded.map { Self.moment($0) } ?? moment, source: "test",
                id: id ?? "f\(facts.count)", account: AccountID(account), type: type, data: data, flags: flags))
    }

    mutating func takeBack(_ id: String) { retracted.append(Retraction(source: "test", id: id)) }

    /// `2026-03-01` is noon of that day in UTC.
    static func moment(_ text: String) -> Instant {
        text.utf8.count == 10 ? instant(text + "T12:00:00Z") : instant(text)
    }

    /// As the programme's own source has it said.
    mutating func pay(_ account: String, _ at: String, _ arr: JSON) {
        switch programme.revenue.source {
        case .account: say(account, at, FactType.accountChanged, ["arr": arr])
        case .contracts:
            if arr.number == 0 {
                say(account, at, "contract.ended", ["contract": "c"])
            } else {
                say(account, at, "contract.signed", ["contract": "c", "arr": arr])
            }
        case .subscriptions:
            say(
                account, at, "subscription.changed",
                [
                    "subscription": "s", "status": arr.number == 0 ? "canceled" : "active", "price": arr,
                    "interval": "year",
                ])
        }
    }

    func accounts(order: (Fact, Fact) -> Bool = { $0.recorded < $1.recorded }) -> [AccountState] {
        let compiled = CompiledProgramme(programme, zones: zones)
        let names = Set(facts.compactMap(\.account)).sorted()
        return names.map { name in
            var refold = Refold(compiled, retracted: retracted)
            for fact in facts.filter({ $0.account == name }).sorted(by: order) { refold.take(fact) }
            var state = AccountState(id: name, programme: compiled)
            state.observations = refold.observations
            return state
        }
    }

    func report(_ from: String, _ to: String) throws -> RevenueReport {
        let zone = zones[programme.zone] ?? .utc
        let period = try #require(RevenuePeriod(from: day(from), to: day(to), zone: zone))
        return RevenueReport(accounts().map { ($0.id, $0.observations.revenue) }, programme, period)
    }
}
