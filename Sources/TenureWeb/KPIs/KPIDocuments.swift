package import TenureCore
import TenureEngine
package import TenureInsight
package import TenureProgramme
import TenureRuntime

/// KPIs for programs.
enum KPIDocuments {
    /// All of the programme, over the accounts that the filter takes.
    static func list(_ api: APICall) async throws -> Answer {
        let portfolio = try await PortfolioQuery(api.call, api.workspace, names: []).portfolio(api.workspace)
        let found = api.workspace.kpis(api.workspace.programme.programme.kpis, of: portfolio)
        return .json(["as_of": .string(portfolio.now.text), "items": .array(found.readings.map { $0.document(portfolio.programme.programme) })])
    }

    static func one(_ api: APICall) async throws -> Answer {
        let portfolio = try await PortfolioQuery(api.call, api.workspace, names: []).portfolio(api.workspace)
        let kpi = try api.call.kpi(api.workspace)
        let found = api.workspace.kpis([kpi], of: portfolio)
        guard let reading = found.readings.first else { throw Problem(.unavailable, "The KPI cannot be shown.") }
        return .json(reading.document(portfolio.programme.programme))
    }

    /// What each account brings to one.
    static func accounts(_ api: APICall) async throws -> Answer {
        let query = try PortfolioQuery(api.call, api.workspace, names: [], others: MemoryPage.names)
        let portfolio = try await query.portfolio(api.workspace)
        let kpi = try api.call.kpi(api.workspace)
        let page = try MemoryPage(api, list: "kpi:" + kpi.id, of: query.link(api.call.path, group: nil))
        let found = api.workspace.kpis([kpi], of: portfolio)
        let rows = KPIAccount.all(kpi, found, portfolio)
        return page.document(rows.map(\.document)).answer
    }
}

extension Call {
    /// The KPI that the path names.
    func kpi(_ workspace: Workspace) throws -> KPI {
        if let kpi = workspace.programme.programme.kpi(self["kpi"]) { return kpi }
        throw Problem(.notFound, "The programme has no KPI \(self["kpi"].prefix(80)).")
    }
}

extension KPIReading {
    package func document(_ programme: Programme) -> JSON {
        [
            "id": .string(kpi.id), "title": .string(kpi.title), "meaning": .string(kpi.meaning), "group": .string(kpi.group),
            "better": .string(kpi.better.rawValue), "unit": JSON(programme.unit(of: kpi)?.rawValue),
            "formula": .string(KPIWords(programme).formula(kpi)), "target": kpi.target.map { .object($0.members) } ?? .null,
            "bands": .array(kpi.bands.map(\.document)), "value": now.value.map { .double($0) } ?? .null,
            "known": .int(Int64(now.known)), "accounts": .int(Int64(now.accounts)), "band": JSON(band?.id),
            "on_target": isOnTarget.map { .bool($0) } ?? .null, "trend": JSON(trend?.rawValue),
            "before": [
                "days": .int(Int64(kpi.trendDays)), "value": then.value.map { .double($0) } ?? .null,
                "known": .int(Int64(then.known)), "accounts": .int(Int64(then.accounts)),
            ],
        ]
    }
}

extension KPIBand {
    fileprivate var document: JSON {
        var document: JSONObject = ["id": .string(id), "title": .string(title), "tone": .string(tone.rawValue)]
        for member in edge?.members.members ?? [] { document[member.name] = member.value }
        return .object(document)
    }
}

extension ValueEdge {
    fileprivate var members: JSONObject { JSONObject([.init(key, .double(value))]) }
}
