import TenureCore
import TenureEngine
import TenureInsight
import Testing

@testable import TenureRuntime

/// Which accounts may be one customer, and why.
struct DuplicateSearchTests {
    private func row(_ id: String, _ name: String?, _ data: JSONObject = [:]) throws -> AccountRow {
        let programme = CompiledProgramme(try makeProgramme(), zones: ZoneTable(text: "version t"))
        var state = AccountState(id: AccountID(id), programme: programme)
        var members = data.members + [.init("id", .string(id))]
        if let name { members.append(.init("name", .string(name))) }
        let fact = Fact(
            occurred: noon, recorded: noon, source: "t", id: "f", account: state.id, type: FactType.accountChanged,
            data: JSONObject(members))
        state.observations = Refold(programme, history: [fact]).observations
        return AccountRow(state, programme, RowTerms(programme), now: noon)
    }

    private struct Found: Equatable {
        let pair: DuplicateKey
        let reasons: [DuplicatePair.Reason]
    }

    private func found(_ rows: [AccountRow], _ contacts: [(account: AccountID, domain: String)] = []) -> [Found] {
        DuplicateSearch(rows, contacts: contacts).pairs.map { Found(pair: $0.key, reasons: $0.reasons) }
    }

    @Test(arguments: [
        ("Acme Inc.", "ACME, GmbH", true), ("Acme", "acme-corp", true), ("Société S.A.", "société sa", true),
        ("Acme North", "Acme South", false), ("Co", "CO Ltd", false), ("Müller AG", "Muller AG", false),
    ])
    func `names are the same by their letters and digits, without the legal form`(one: String, other: String, isPair: Bool) throws {
        #expect(found([try row("1", one), try row("2", other)]) == (isPair ? [Found(pair: DuplicateKey("2", "1"), reasons: [.name])] : []))
    }

    @Test func `an id with letters is a name too, one of digits is not`() throws {
        #expect(found([try row("acme", "A"), try row("2", "Acme LLC")]).count == 1)
        #expect(found([try row("4711", "A"), try row("2", "4711")]).isEmpty)
    }

    @Test func `a domain speaks where two accounts have it, and no provider of mail`() throws {
        let rows = [try row("1", "A"), try row("2", "B"), try row("3", "C", ["website": "https://www.acme.example/about"])]
        #expect(found(rows, [("1", "acme.example")]) == [Found(pair: DuplicateKey("1", "3"), reasons: [.domain("acme.example")])])
        #expect(found(rows, [("1", "acme.example"), ("2", "acme.example")]).isEmpty)
        #expect(found(rows, [("1", "gmail.com"), ("2", "gmail.com")]).isEmpty)
        // Of an account that is no more.
        #expect(found(rows, [("1", "b.example"), ("gone", "b.example")]).isEmpty)
    }

    @Test func `one name is two companies where the people of both have other addresses`() throws {
        let rows = [try row("1", "Acme"), try row("2", "ACME Inc.")]
        #expect(found(rows, [("1", "acme.example"), ("2", "other.example")]).isEmpty)
        #expect(found(rows, [("1", "acme.example"), ("2", "gmail.com")]).count == 1)
        #expect(found(rows, [("1", "acme.example"), ("2", "acme.example")]).map(\.reasons) == [[.domain("acme.example"), .name]])
    }

    @Test func `what more than four accounts are called says nothing, and a parent is another one`() throws {
        #expect(found(try (1...4).map { try row("\($0)", "Test") }).count == 6)
        #expect(found(try (1...5).map { try row("\($0)", "Test") }).isEmpty)
        #expect(found([try row("1", "Acme"), try row("2", "Acme", ["parent": "1"])]).isEmpty)
    }
}
