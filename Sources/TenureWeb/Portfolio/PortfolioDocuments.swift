package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme
import TenureRuntime

/// The portfolio for programs.
enum PortfolioDocuments {
    static func one(_ api: APICall) async throws -> Answer {
        let query = try PortfolioQuery(api.call, api.workspace, others: ["measure"])
        let name = try NamedTexts(encoded: api.call.rawQuery).filled("measure")
        let measure = try name.map { try Self.measure($0, api.workspace.programme) }
        let document = try await api.workspace.read { [workspace = api.workspace] store in
            try query.portfolio(workspace, store).document(group: query.group, measure: measure, name: name) {
                workspace.snapshot(of: $0)
            }
        }
        return .json(document)
    }

    private static func measure(_ name: String, _ programme: CompiledProgramme) throws -> PortfolioMeasure {
        if let measure = PortfolioMeasure(name, programme) { return measure }
        throw Problem(
            .invalidParameter, "measure is one of " + PortfolioMeasure.names(programme).joined(separator: ", ") + ".")
    }
}

extension Portfolio {
    /// - Parameter kpis: nil: they have a document of their own.
    package func document(
        group: String?, measure: PortfolioMeasure?, name: String?, kpis: [JSON]? = nil, _ snapshot: (AccountID) -> Snapshot?
    ) -> JSON {
        var document = summary(measure, name, snapshot)
        if let kpis { document["kpis"] = .array(kpis) }
        document["as_of"] = .string(now.text)
        document["currency"] = .string(programme.programme.currency)
        if let group {
            document["groups"] = .array(
                grouped(by: group).map { part in
                    var members = part.portfolio.summary(measure, name, snapshot)
                    members["value"] = JSON(part.value)
                    return .object(members)
                })
        }
        return .object(document)
    }

    private func summary(
        _ measure: PortfolioMeasure?, _ name: String?, _ snapshot: (AccountID) -> Snapshot?
    ) -> JSONObject {
        var document: JSONObject = [
            "accounts": .int(Int64(accounts.count)), "arr": .hundredths(arr),
            "arr_known": .int(Int64(accounts.count { $0.arr.hundredths != nil })), "health": score.document,
            "bands": .array(
                bands.map { band, count, arr in
                    ["band": JSON(band?.id), "accounts": .int(Int64(count)), "arr": .hundredths(arr)]
                }),
            "accounts.active_weekly": activeWeekly.document,
            "features.advanced_adopters": advancedAdopters?.document ?? .null,
        ]
        if let measure, let name {
            var members = rollUp(measure, snapshot).members
            members["id"] = .string(name)
            document["measure"] = .object(members)
        }
        return document
    }
}

extension RollUp {
    var document: JSON { .object(members) }

    var members: JSONObject {
        func number(_ value: Double?) -> JSON { value.map { .double($0) } ?? .null }
        return [
            "accounts": .int(Int64(accounts)), "known": .int(Int64(known)), "sum": known == 0 ? .null : .double(sum),
            "mean": number(mean), "min": number(least), "max": number(most), "arr_weighted_mean": number(weightedMean),
            "weighed": .int(Int64(weighed)),
        ]
    }
}

extension PortfolioShare {
    var document: JSON {
        ["part": .int(Int64(part)), "whole": .int(Int64(whole)), "percent": percent.map { .double($0) } ?? .null]
    }
}
