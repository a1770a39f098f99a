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
        return [
            "id": .string(account.id.text), "external_id": .string(external),
            "name": .string(profile["name"]?.string ?? external),
        ]
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
        let (programme, now) = (api.workspace.programme, api.workspace.now)
        let tasks = api.workspace.accounts().flatMap { OpenTask.all(of: $0, programme) }
        return page.document(tasks.sorted { $0.isBefore($1) }.map { $0.document(now: now) }).answer
    }
}

extension Instant {
    static let distantPast = Instant(milliseconds: .min)
    static let distantFuture = Instant(milliseconds: .max)
}
