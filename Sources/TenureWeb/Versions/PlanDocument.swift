package import TenureAuthoring
package import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
package import TenureRuntime
import TenureStore

/// A plan as JSON: what changed in the definitions, what publishing would do at once, and what it would have done to the
/// recorded past, with what that costs beside what it brings.
package enum PlanDocument {
    package static func make(_ workspace: Workspace, _ loaded: LoadedProgramme, since: Instant) async throws -> JSON {
        let plan = try await workspace.plan(loaded, since: since)
        return PlanWriter(plan: plan, programme: workspace.programme).document
    }
}

private struct PlanWriter {
    let plan: Plan
    let programme: CompiledProgramme

    private static let examplesMax = 10

    var document: JSON {
        [
            "format": 1,
            "from": ["version": .int(Int64(plan.running.number)), "digest": .string(plan.running.digest)],
            "to": ["version": .int(Int64(plan.running.number + 1)), "digest": .string(plan.digest)],
            "changes": .array(plan.change.definitions.map(\.document)), "at_publishing": atPublishing, "past": past,
        ]
    }

    // MARK: At publishing

    private var atPublishing: JSON {
        let accounts = plan.prediction.after.values.sorted { $0.id < $1.id }
        var fates = PlayFates()
        let changed = accounts.compactMap { after -> JSON? in
            guard let before = plan.prediction.before[after.id] else { return nil }
            fates.take(before, after)
            return change(before, after)
        }
        return [
            "at": .string(plan.prediction.at.text), "accounts": .int(Int64(accounts.count)),
            "accounts_changed": .int(Int64(changed.count)), "signals": signals(accounts), "plays": fates.document,
            "messages": messages, "changed": .array(changed),
        ]
    }

    /// nil: nothing that people see is different.
    private func change(_ before: AccountState, _ after: AccountState) -> JSON? {
        let scores = (before.conclusions.health.reading?.score, after.conclusions.health.reading?.score)
        let bands = (
            Self.band(before, programme), Self.band(after, plan.prediction.programme))
        let opened = Self.open(after).subtracting(Self.open(before)), closed = Self.open(before).subtracting(Self.open(after))
        let started = after.conclusions.plays.filter { $0.number > before.conclusions.playCount }
        let ended = Self.running(before).subtracting(Self.running(after))
        guard scores.0 != scores.1 || bands.0 != bands.1 || !opened.isEmpty || !closed.isEmpty || !started.isEmpty
            || !ended.isEmpty
        else { return nil }
        return [
            "account": reference(after), "score": .array([JSON(scores.0), JSON(scores.1)]),
            "band": .array([JSON(bands.0), JSON(bands.1)]), "signals_raised": names(opened), "signals_cleared": names(closed),
            "plays_started": .array(started.map { .string($0.play) }), "plays_ended": .int(Int64(ended.count)),
        ]
    }

    private func reference(_ account: AccountState) -> JSON {
        let profile = account.observations.profile
        let external = profile["id"]?.string ?? account.id.text
        return [
            "id": .string(account.id.text), "external_id": .string(external), "name": profile["name"] ?? .string(external),
        ]
    }

    private static func band(_ account: AccountState, _ programme: CompiledProgramme) -> String? {
        let bands = programme.programme.health.bands
        return account.conclusions.health.displayedBand.flatMap { bands.indices.contains($0) ? bands[$0].id : nil }
    }

    private static func open(_ account: AccountState) -> Set<String> {
        Set(account.conclusions.signals.filter(\.isOpen).map(\.signal))
    }

    private static func running(_ account: AccountState) -> Set<Int32> {
        Set(account.conclusions.plays.filter(\.isRunning).map(\.number))
    }

    private func names(_ names: Set<String>) -> JSON { .array(names.sorted { precedes($0, $1) }.map { .string($0) }) }

    private func signals(_ accounts: [AccountState]) -> JSON {
        var raised: [String: Int] = [:], cleared: [String: Int] = [:]
        for after in accounts {
            guard let before = plan.prediction.before[after.id] else { continue }
            for id in Self.open(after).subtracting(Self.open(before)) { raised[id, default: 0] += 1 }
            for id in Self.open(before).subtracting(Self.open(after)) { cleared[id, default: 0] += 1 }
        }
        return .array(
            Set(raised.keys).union(cleared.keys).sorted { precedes($0, $1) }.map { id in
                [
                    "signal": .string(id), "raised": .int(Int64(raised[id] ?? 0)), "cleared": .int(Int64(cleared[id] ?? 0)),
                ]
            })
    }

    private var messages: JSON {
        .int(Int64(plan.prediction.decisions.count { $0.kind == "messageQueued" }))
    }

    // MARK: The past

    private var past: JSON {
        let result = plan.past
        let changes = result.replayed.map { account, course in
            CourseChange(account, recorded: result.recorded[account] ?? Course(), replayed: course)
        }
        let differing = changes.filter { !$0.isNothing }
        let alerts = self.alerts
        return [
            "since": .string(plan.window.lowerBound.text), "until": .string(plan.window.upperBound.text),
            "accounts": .int(Int64(changes.count)), "facts": .int(Int64(result.facts)),
            "accounts_changed": .int(Int64(differing.count)),
            "days_changed": .int(Int64(changes.reduce(0) { $0 + $1.daysChanged })),
            "bands": counts(changes, \.bands), "signals": counts(changes, \.signals), "plays": counts(changes, \.plays),
            "messages": counts(changes, \.messages), "outcomes": alerts.outcomes, "alerts": alerts.matches,
            "examples": examples(differing),
        ]
    }

    private var alerts: AlertDocument {
        AlertDocument(plan, old: programme, new: plan.prediction.programme) { reference($0) }
    }

    /// Only what differs.
    private func counts(_ changes: [CourseChange], _ marks: (Course) -> [Course.Mark]) -> JSON {
        let all = CountChange.all(changes, marks)
        return .array(
            all.filter { $0.recorded != $0.replayed || $0.accountsGained > 0 || $0.accountsLost > 0 }.map { count in
                [
                    "id": .string(count.id), "recorded": .int(Int64(count.recorded)),
                    "replayed": .int(Int64(count.replayed)), "accounts_gained": .int(Int64(count.accountsGained)),
                    "accounts_lost": .int(Int64(count.accountsLost)),
                ]
            })
    }

    /// The largest moves of a score, then the most days changed.
    private func examples(_ changes: [CourseChange]) -> JSON {
        let ordered = changes.sorted { left, right in
            let (a, b) = (abs(left.largestMove), abs(right.largestMove))
            if a != b { return a > b }
            return left.daysChanged != right.daysChanged ? left.daysChanged > right.daysChanged : left.account < right.account
        }
        return .array(ordered.prefix(Self.examplesMax).map(example))
    }

    private func example(_ change: CourseChange) -> JSON {
        let state = plan.past.states[change.account]
        return [
            "account": state.map { reference($0) } ?? .string(change.account.text),
            "days_changed": .int(Int64(change.daysChanged)), "largest_move": .int(Int64(change.largestMove)),
            "signals": counts([change], \.signals), "plays": counts([change], \.plays), "bands": counts([change], \.bands),
        ]
    }
}

/// What becomes of plays that run.
private struct PlayFates {
    private var started = 0, ended = 0, moved = 0, pinned = 0

    mutating func take(_ before: AccountState, _ after: AccountState) {
        let known = Dictionary(before.conclusions.plays.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        for play in after.conclusions.plays {
            guard let earlier = known[play.number] else {
                started += 1
                continue
            }
            guard earlier.isRunning else { continue }
            if !play.isRunning { ended += 1 } else if play.programmeVersion == earlier.programmeVersion { pinned += 1 } else { moved += 1 }
        }
    }

    var document: JSON {
        [
            "started": .int(Int64(started)), "ended": .int(Int64(ended)), "go_on_under_the_new_version": .int(Int64(moved)),
            "go_on_as_they_began": .int(Int64(pinned)),
        ]
    }
}

extension ProgrammeChange.Definition {
    fileprivate var document: JSON {
        [
            "kind": .string(kind), "id": .string(id), "change": .string(change.rawValue),
            "differences": .array(
                differences.map {
                    ["path": .string($0.path), "before": JSON($0.before), "after": JSON($0.after)]
                }),
        ]
    }
}
