import TenureCore
import TenureProgramme
import Testing

@testable import TenureAuthoring

/// How revenue is counted, as an author writes it.
@Suite struct RevenueTextTests {
    private func folder(_ revenue: String, rollUps: String = "[]") -> ProgrammeFolder {
        ProgrammeFolder(files: [
            (
                "programme.yaml",
                """
                programme:
                  id: acme
                  title: Acme
                  version: 1
                  time_zone: UTC
                  revenue: \(revenue)
                  roll_ups: \(rollUps)
                account_fields:
                  - {id: units, title: Units, type: number}
                  - {id: mode, title: Mode, type: choice, choices: [a, b]}
                events: [{type: ticket.opened, title: Ticket}]
                metrics: [{id: tickets, unit: count, better: down, sum: {event: ticket.opened}, windows: [30d]}]
                """
            )
        ])
    }

    private func terms(_ revenue: String) -> RevenueTerms {
        ProgrammeReader.assemble(ParsedFolder(folder(revenue)), nil, testZones).1.revenue
    }

    @Test func `what is left out holds as the table says`() {
        #expect(terms("{}") == RevenueTerms())
        #expect(RevenueTerms().source == .account)
        #expect(RevenueTerms().counted == [.active, .pastDue])
    }

    @Test func `rates hold from their day on, and the newest one holds`() throws {
        let read = terms(
            "{from: contracts, rates: [{currency: USD, since: 2026-01-01, rate: 0.92}, {currency: USD, since: 2025-01-01, rate: 0.9}]}")
        let usd = try #require(CurrencyCode("USD"))
        #expect(read.source == .contracts)
        #expect(read.rate(of: usd, on: try #require(Day(text: "2024-12-31"))) == nil)
        #expect(read.rate(of: usd, on: try #require(Day(text: "2025-12-31"))) == 900_000_000)
        #expect(read.rate(of: usd, on: try #require(Day(text: "2026-01-01"))) == 920_000_000)
    }

    @Test(arguments: [
        ("{from: invoices}", "P105"), ("{counted: [activ]}", "P105"), ("{rates: [{currency: USD, since: 2026-01-01}]}", "P103"),
        ("{rates: [{currency: usd, since: 2026-01-01, rate: 1}]}", "P11"),
        ("{rates: [{currency: USD, since: 2026-13-01, rate: 1}]}", "P1"),
        ("{rates: [{currency: USD, since: 2026-01-01, rate: 0}]}", "P4"), ("{form: account}", "P1"),
    ])
    func `what is wrong is told`(revenue: String, code: String) {
        let mistakes = read(folder(revenue)).mistakes.filter { $0.severity == .error }
        #expect(mistakes.contains { $0.code.rawValue.hasPrefix(code) }, "\(mistakes.map(\.code.rawValue))")
    }

    private func rollUps(_ text: String) -> (read: [FamilyRollUp], codes: [String]) {
        let (reading, programme) = ProgrammeReader.assemble(ParsedFolder(folder("{}", rollUps: text)), nil, testZones)
        return (programme.rollUps, reading.mistakes.filter { $0.severity == .error }.map(\.code.rawValue))
    }

    @Test func `a roll-up takes the score, the revenue, a number among the fields or a metric`() {
        let all = rollUps(
            "[{measure: health.score, as: minimum}, {measure: arr, as: sum}, {measure: seats, as: mean}, "
                + "{measure: units, as: arr_weighted}, {measure: tickets.30d, as: sum}]")
        #expect(all.codes == [])
        #expect(all.read.map(\.measure) == ["health.score", "arr", "seats", "units", "tickets.30d"])
        #expect(all.read.map(\.kind) == [.minimum, .sum, .mean, .arrWeighted, .sum])
    }

    @Test(arguments: [
        ("[{measure: tickts, as: sum}]", "P214"), ("[{measure: tier, as: sum}]", "P214"), ("[{measure: mode, as: sum}]", "P214"),
        ("[{measure: arr, as: total}]", "P105"), ("[{measure: arr}]", "P103"), ("[{as: sum}]", "P103"),
        ("[{measure: arr, as: sum}, {measure: arr, as: sum}]", "P124"), ("{measure: arr, as: sum}", "P104"),
    ])
    func `a roll-up that cannot be made is told`(text: String, code: String) {
        #expect(rollUps(text).codes.contains(code), "\(rollUps(text).codes)")
    }
}
