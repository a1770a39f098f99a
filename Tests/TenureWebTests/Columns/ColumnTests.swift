import HTTPTypes
import TenureCore
import TenureEngine
import TenureFixtures
import TenureInsight
import TenureProgramme
import TenureRuntime
import Testing

@testable import TenureWeb

/// Columns beside the rows are changed with the rows that changed: what is read from them is what a walk over all rows says.
@Suite struct ColumnTests {
    @Test(arguments: 0..<6)
    func `after any changes pages say what a walk over the rows says`(seed: Int) async throws {
        let house = try await TestHouse()
        var changes = RandomChanges(seed)
        for _ in 0..<14 {
            try await changes.make(at: house)
            try await expectWalk(house)
        }
    }

    private func expectWalk(_ house: TestHouse) async throws {
        let workspace = house.workspace
        let chronicles = try await workspace.chronicles { $0.accounts }
        for owner in [nil, "ada", "nobody"] as [String?] {
            let overview = try await workspace.overview(of: owner)
            #expect(overview.told == RowWalk(workspace, chronicles).overview(of: owner))
        }
        let walk = RowWalk(workspace, chronicles)
        for text in Self.queries {
            let query = try AccountQuery(NamedTexts(encoded: text[...]), workspace)
            #expect(try pages(query, workspace) == walk.accounts(query), "\(text)")
        }
        for state in SignalQuery.State.allCases {
            for owner in [nil, "ada"] as [String?] {
                #expect(try signals(state, owner, workspace) == walk.signals(state, of: owner), "\(state)")
            }
        }
        for person in [nil, "ada", "nobody"] as [String?] {
            #expect(tasks(of: person, workspace) == walk.tasks(of: person))
        }
    }

    private static let queries: [String] =
        AccountQuery.Sort.allCases.flatMap { ["sort=\($0.rawValue)", "sort=-\($0.rawValue)"] }
        + ["band=unknown", "band=critical", "owner=ada", "owner=nobody", "band=critical&owner=ada&q=o"]
        + ["q=o", "q=co-1", "q=caf%C3%A9", "q=%C3%A9"]

    /// All pages, as somebody who follows the links gets them.
    private func pages(_ query: AccountQuery, _ workspace: Workspace) throws -> [String] {
        var (query, ids, before) = (query, [String](), 0)
        query.limit = 3
        repeat {
            let part = try AccountList(query, workspace).part
            #expect(part.before == before)
            before += part.items.count
            ids += part.items.map(\.report.externalID)
            query.cursor = part.next
        } while query.cursor != nil
        return ids
    }

    private func signals(_ state: SignalQuery.State, _ owner: String?, _ workspace: Workspace) throws -> [String] {
        let text = "state=\(state.rawValue)&owner=\(owner ?? "")"
        let query = try SignalQuery(NamedTexts(encoded: text[...]), workspace.programme.programme)
        var (found, cursor): ([String], String?) = ([], nil)
        repeat {
            let part = try query.part(workspace, cursor: cursor, limit: 2)
            found += part.items.map { $0.row.report.externalID + " " + $0.signal.id }
            cursor = part.next
        } while cursor != nil
        return found
    }

    private func tasks(of person: String?, _ workspace: Workspace) -> [String] {
        let table = workspace.table()
        return TodayLook.tasks(table, of: person).sorted().map { item in
            let row = table.rows[item.slot]
            return "\(row.id.text) \(row.tasks[item.ordinal].text)"
        }
    }
}

/// An update that was forgotten shows.
@Suite struct ForgottenUpdateTests {
    @Test(arguments: RandomChanges.Kind.allCases)
    func `a column that was not changed with its row is found`(_ kind: RandomChanges.Kind) async throws {
        let house = try await TestHouse()
        var changes = RandomChanges(1)
        for number in 0..<3 { try await changes.begin("co-\(number)", house) }
        await house.pass(days: 2)
        let before = house.workspace.table()
        try await changes.make(kind, of: 1, at: house)
        let after = house.workspace.table()
        var planted = before
        planted.take(Array(after.rows.filter { $0.report.externalID != "co-1" }), after.terms)
        #expect(planted.told != after.told)
        #expect(AccountTable(after.rows, after.terms).told == after.told)
    }
}

/// Things that happen at a few accounts, in an order that nobody chose.
struct RandomChanges {
    enum Kind: String, CaseIterable, Sendable {
        case name, arr, owner, term, noticeBy, domain, use, acknowledge, snooze, markFalse, tick, churn
    }

    private var numbers: SeededNumbers
    private var count = 0
    private static let accounts = 9
    private static let names = ["Ocean", "orbit", "Café Noir", "Cafe\u{301} Noir", "Zebra", "Ärger", "ocean", "Node 7"]

    init(_ seed: Int) { numbers = SeededNumbers(seed) }

    /// Several changes, and now and then a day or a week.
    mutating func make(at house: TestHouse) async throws {
        for _ in 0..<(1 + numbers.below(4)) {
            try await make(numbers.pick(Kind.allCases), of: numbers.below(Self.accounts), at: house)
        }
        if numbers.oneIn(3) { await house.pass(days: numbers.pick([1, 2, 7])) }
        if numbers.oneIn(4) { house.advance(minutes: 25 * 60) }
    }

    mutating func make(_ kind: Kind, of number: Int, at house: TestHouse) async throws {
        count += 1
        let (path, name) = ("/accounts/co-\(number)", "co-\(number)")
        switch kind {
        case .name: try await set("name", .string(numbers.pick(Self.names)), name, house)
        case .arr:
            let arr = numbers.pick([900, 2_000, 11_000, 40_000, 250_000]) + count
            try await set("arr", .double(Double(arr)), name, house)
        case .owner: try await set("csm", numbers.pick(["bob", "cid", "ada"]), name, house)
        case .term: try await set("term_end", numbers.pick(["2026-03-20", "2026-03-31", "2026-05-02"]), name, house)
        case .noticeBy: try await set("notice_by", numbers.pick(["2026-03-12", "2026-03-30", "2026-06-30"]), name, house)
        case .domain: try await set("domain", .string("d\(count).example"), name, house)
        case .use: try await use(numbers.below(2), name, house)
        case .acknowledge: _ = await house.api(.post, path + "/signals/few_users/acknowledgement", #"{"days": 1}"#)
        case .snooze: _ = await house.api(.post, path + "/signals/few_users/snooze", #"{"days": 1}"#)
        case .markFalse:
            _ = await house.api(.post, path + "/signals/few_users/false-alarm", #"{"reason": "no", "days": 3}"#)
        case .tick: _ = await house.api(.post, path + "/plays/1/steps/ask/tasks/0/completion", "{}")
        case .churn: _ = await house.api(.post, path + "/churn-notice", #"{"scope": "full"}"#)
        }
    }

    /// An account with one user: too few.
    mutating func begin(_ account: String, _ house: TestHouse) async throws {
        count += 1
        try await set("tier", "basic", account, house)
        try await use(0, account, house)
    }

    private func set(_ field: String, _ value: JSON, _ account: String, _ house: TestHouse) async throws {
        let data = JSONObject([.init(field, value)])
        _ = try await house.workspace.perform([
            Arrival(id: "c\(count)", source: "t", type: FactType.accountChanged, subject: .account(account), data: data)
        ])
    }

    /// By so many people and one, who were never there before.
    private func use(_ users: Int, _ account: String, _ house: TestHouse) async throws {
        let arrivals = (0...users).map { user in
            Arrival(
                id: "s\(count)-\(user)", source: "t", type: "user.session", subject: .account(account),
                user: "\(account)-\(count)-\(user)")
        }
        _ = try await house.workspace.perform(arrivals)
    }
}

extension Overview {
    /// Every list by the accounts' own ids, and the sums.
    fileprivate var told: [String] {
        func ids(_ rows: [AccountRow]) -> [String] { rows.map(\.report.externalID) }
        return [
            "customers \(ids(customers.map { table.rows[$0] }).sorted())",
            "worse \(ids(worse.all.map(\.row)))", "recovered \(ids(recovered.all.map(\.row)))",
            "near \(ids(noticesNear.all.map(\.row)))", "needs \(ids(needs.all.map(\.account.row)))",
            "risk \(risk.renewing) \(risk.atRisk) \(risk.wasAtRisk) \(risk.unknown) \(risk.parts.count)",
        ]
    }
}

extension AccountTable {
    /// Everything that columns say, by account.
    fileprivate var told: [String] {
        rows.indices.map { slot in
            let people = holders.elements[holders.ranges[slot]].map { self.people.names[Int($0)] }
            let open = tasks.elements[tasks.ranges[slot]].map { task in
                "\(task.place) \(String(describing: task.due)) \(self.people.names[Int(task.owner)])"
            }
            let numbers = String(describing: figures[slot]).replacing(/owner: [^,]*/, with: "")
            return [
                rows[slot].id.text, numbers, "\(people)", "\(open)",
                "\(Array(signals.elements[signals.ranges[slot]]))", "\(Array(renewals.elements[renewals.ranges[slot]]))",
                orderedName(of: slot), "\(idPlace(of: slot)) \(namePlace(of: slot))", "\(domains.text(of: slot))",
            ].joined(separator: " | ")
        }
    }
}
