import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// What waits for people, across all accounts: open signals, running plays, open tasks.
enum WorkDocuments {
    static func signals(_ api: APICall) throws -> Answer {
        let page = try MemoryPage(api, list: "signals")
        let open = api.workspace.rows().flatMap { row in row.alerts.map { (account: row.report, alert: $0) } }
        let ordered = open.sorted { left, right in
            (left.alert.signal.severity.rank, left.alert.since, left.account.id)
                < (right.alert.signal.severity.rank, right.alert.since, right.account.id)
        }
        return page.document(ordered.map { document($0, $1) }).answer
    }

    private static func document(_ account: AccountReport, _ alert: OpenAlert) -> JSON {
        [
            "signal": .string(alert.signal.id), "title": .string(alert.signal.title),
            "severity": .string(alert.signal.severity.rawValue),
            "account": account.reference, "since": .string(alert.since.text),
            "acknowledged_by": JSON(alert.acknowledgedBy), "snoozed_until": JSON(alert.snoozedUntil?.text),
        ]
    }

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
        let programme = api.workspace.programme
        let running = api.workspace.accounts().flatMap { account in
            account.conclusions.plays.filter(\.isRunning).map { (account, $0) }
        }
        let ordered = running.sorted { ($0.1.started, $0.0.id) < ($1.1.started, $1.0.id) }
        return page.document(
            ordered.map { account, play in
                let plan = programme.playPlan(of: play)?.play
                return [
                    "play": .string(play.play), "title": .string(plan?.title ?? play.play),
                    "number": .int(Int64(play.number)), "account": reference(account),
                    "started": .string(play.started.text), "cause": .string(play.cause),
                    "owner": JSON(OpenTask.owner(plan?.owner, account)), "paused": .bool(play.paused != nil),
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