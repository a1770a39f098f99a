import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Past days of accounts, and the versions of the programme that they were read under.
enum DayPages {
    static let routes: [Route] = [
        .page("/accounts/{id}/days") { call, visitor in try choose(call, visitor) },
        .page("/accounts/{id}/days/{day}") { call, visitor in try await one(call, visitor) },
        .page(Links.versions) { call, visitor in try await versions(call, visitor) },
    ]

    /// A form that asks for a day leads to it.
    private static func choose(_ call: Call, _ visitor: Visitor) throws -> Answer {
        let account = try visitor.account(call)
        let text = try call.query(allowing: ["day"]).filled("day") ?? ""
        guard let day = Day(text: text) else {
            let none = NoSuchDay.noDate(text)
            throw Problem(none.code, none.words)
        }
        return .seeOther(Links.day(account.id.text, day))
    }

    private static func one(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let isRecomputed = try call.query(allowing: ["recompute"]).asks("recompute")
        let account = try visitor.account(call)
        let shown = try await DayDocuments.day(call["day"], of: account, in: visitor.workspace)
        let folded = isRecomputed ? try await shown.recomputedWithOwners(in: visitor.workspace) : nil
        let name = account.observations.profile["name"]?.string ?? account.id.text
        let shell = try await Shell("\(name) on \(Wording.day(shown.past.close.day))", visitor, call.house)
        return try Templates.page("day", DayPage(shell: shell, shown, of: account, again: folded?.again, owners: folded?.owners ?? []))
    }

    private static func versions(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        _ = try call.query(allowing: [])
        let rows = try await visitor.workspace.versions()
        let running = visitor.workspace.programme
        let model = VersionsPage(
            shell: try await Shell("Versions of the programme", visitor, call.house),
            versions: rows.reversed().map { row in
                VersionsPage.Line(
                    anchor: "version-\(row.number)", number: row.number,
                    isRunning: row.number == running.programme.version,
                    published: Wording.instant(row.at, running.defaultZoneRules), by: row.by, reason: row.reason,
                    approvedBy: row.approval?.by, digest: String(row.digest.prefix(12)))
            })
        return try Templates.page("versions", model)
    }
}

/// Every version of the programme that ran.
struct VersionsPage {
    let shell: Shell
    /// Newest first.
    let versions: [Line]

    struct Line {
        let anchor: String
        let number: Int
        let isRunning: Bool
        let published: String
        let by: String
        let reason: String
        let approvedBy: String?
        let digest: String
    }
}
