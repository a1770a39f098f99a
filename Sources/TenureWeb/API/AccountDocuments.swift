import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Accounts for programs.
enum AccountDocuments {
    static func list(_ api: APICall) throws -> Answer {
        let query = try AccountQuery(api.call, api.workspace)
        let list = try AccountList(query, api.workspace)
        var document = ListDocument(items: list.rows.map { item($0.report, query.columns, api.workspace) }, total: list.part.total)
        if let next = list.part.next { document.next = (query.link(Links.apiAccounts, cursor: next), next) }
        return document.answer
    }

    private static func item(_ row: AccountReport, _ columns: [ListColumn], _ workspace: Workspace) -> JSON {
        guard !columns.isEmpty, case .object(var object) = row.document else { return row.document }
        object["columns"] = columns.document(of: row.id, in: workspace)
        return .object(object)
    }

    private static let endedClocksMax = 100

    /// Everything about one account.
    static func one(_ api: APICall) async throws -> Answer {
        let account = try api.account()
        let history = HealthHistory(api.workspace, account)
        let (snapshot, programme) = (history.snapshot, api.workspace.programme)
        guard case .object(var body) = AccountReport(account, programme, now: api.workspace.now).document
        else {
            throw Problem(.unavailable, "The account cannot be shown.")
        }
        let people = try await api.workspace.contacts(of: account.id)
        body["segment"] = JSON(snapshot.segment)
        body["trend"] = JSON(snapshot.trend?.rawValue)
        body["time_zone"] = .string(snapshot.zone.name)
        body["fields"] = fields(account)
        body["flags"] = .array(
            account.observations.flags.rows.filter(\.latest.value).map { .string($0.name) })
        body["pulse"] = account.observations.pulse.map { $0.value.document(at: snapshot.now) } ?? .null
        body["lines"] = history.now.map { history.explanation($0).document(programme) } ?? []
        body["healthy_again"] = snapshot.wayBack
        body["metrics"] = .array(MetricView.all(snapshot).map(\.document))
        let kpis = programme.programme.kpis.filter(\.isOfAccounts)
        body["kpis"] = .array(try await api.workspace.kpis(kpis, of: account, snapshot).readings.map { $0.document(programme.programme) })
        body["clocks"] = .array(ClockStory.all(snapshot, endedMax: endedClocksMax).map(\.document))
        body["signals"] = .array(SignalView.open(snapshot).map(\.document))
        body["plays"] = .array(PlayView.all(account, programme).map { $0.document(now: api.workspace.now) })
        body["also_known_as"] = also(account.id, api.workspace)
        body["people"] = .array(people.map(\.document))
        return .json(.object(body))
    }

    /// Accounts that are parts of it: their names lead here.
    private static func also(_ account: AccountID, _ workspace: Workspace) -> JSON {
        let parts = workspace.merges.accounts(in: account).dropFirst()
        return .array(parts.compactMap { workspace.state(of: $0) }.map { WorkDocuments.reference($0) })
    }

    private static func fields(_ account: AccountState) -> JSON {
        .object(JSONObject(account.observations.profile.rows.map { .init($0.name, $0.latest.value) }))
    }
}

extension Grade {
    fileprivate func document(at now: Instant) -> JSON {
        [
            "points": .double(points), "author": .string(author), "reason": .string(reason), "given": .string(given.text),
            "expires": JSON(expires?.text), "valid": .bool(isValid(at: now)),
        ]
    }
}

extension ContactRow {
    fileprivate var document: JSON {
        [
            "key": .string(key), "name": .string(name), "email": .string(email), "role": .string(role),
            "left": .bool(hasLeft),
        ]
    }
}
