import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// What waits for people, across all accounts: running plays, open tasks.
enum WorkDocuments {
    static func reference(_ account: AccountState) -> JSON {
        let profile = account.observations.profile
        let external = profile["id"]?.string ?? account.id.text
        return reference(account.id, external: external, name: profile["name"]?.string ?? external)
    }

    static func reference(_ id: AccountID, external: String, name: String) -> JSON {
        ["id": .string(id.text), "external_id": .string(external), "name": .string(name)]
    }

    static func plays(_ api: APICall) throws -> Answer {
        let page = try MemoryPage(api, list: "plays")
        let running = api.workspace.rows().flatMap { row in row.plays.map { (play: $0, account: row.report) } }
        let ordered = running.sorted {
            ($0.play.started, $0.account.id, $0.play.number) < ($1.play.started, $1.account.id, $1.play.number)
        }
        return page.document(
            ordered.map { play, account in
                [
                    "play": .string(play.play), "title": .string(play.title), "number": .int(Int64(play.number)),
                    "account": account.reference, "started": .string(play.started.text), "cause": .string(play.cause),
                    "owner": JSON(play.owner), "paused": .bool(play.isPaused),
                    "programme_version": .int(Int64(play.programmeVersion)),
                ]
            }
        ).answer
    }

    static func tasks(_ api: APICall) throws -> Answer {
        let page = try MemoryPage(api, list: "tasks")
        let now = api.workspace.now
        let tasks = api.workspace.rows().flatMap { row in row.tasks.map { (task: $0, account: row.report) } }
        let ordered = tasks.sorted { OpenTask.isBefore(($0.task, $0.account.id), ($1.task, $1.account.id)) }
        return page.document(ordered.map { $0.task.document(of: $0.account.reference, now: now) }).answer
    }
}
