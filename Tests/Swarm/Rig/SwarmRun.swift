import TenureCore
import TenureEngine
import TenureFixtures
import TenureProgramme
import TenureRuntime
import TenureStore

/// Some weeks of a vendor's life, drawn from one number: first with faults, then without, until everything has come to its end.
package struct SwarmRun {
    package let seed: Int
    package let mix: FaultMix
    let disk: SwarmDisk
    let clock: SettableClock
    let post: SwarmPost
    private(set) var sender: SwarmSender
    private(set) var machine: SwarmMachine
    private let days: Int
    private var version = 1

    private static let start = Instant(milliseconds: 1_772_409_600_000)

    /// - Parameter mix: nil: as the seed draws it.
    package init(seed: Int, mix: FaultMix? = nil, plant: Plant? = nil) async throws {
        var numbers = SeededNumbers(seed)
        let drawn = FaultMix(&numbers)
        self.seed = seed
        self.mix = mix ?? drawn
        days = 6 + numbers.below(20)
        let accounts = (1...(2 + numbers.below(3))).map { "acc\($0)" }
        disk = SwarmDisk(numbers: numbers, plant: plant)
        clock = SettableClock(Self.start)
        post = SwarmPost(disk, clock)
        sender = SwarmSender(accounts: accounts, disk: disk)
        machine = try await SwarmMachine(disk: disk, clock: clock, post: post)
    }

    /// What happened, in order.
    package var trace: [String] { disk.trace }
    package var happened: [Fault: Int] { disk.happened }
    package var events: Int { sender.sent.count }
    package var messages: Int { post.copies.count }
    package var processes: Int { disk.processes }

    /// Lives, comes to rest, and looks at what is there.
    package mutating func findings() async -> [Finding] {
        do {
            try await goLive()
            disk.begin(mix)
            sender.introduce(at: clock.now)
            while clock.now < Self.start + Int64(days) * Milliseconds.day { try await step() }
            try await comeToRest()
            return try await SwarmChecks(self).findings()
        } catch let finding as Finding {
            return [finding]
        } catch {
            return [Finding("unexpected: \(error)")]
        }
    }

    private func goLive() async throws {
        _ = try await machine.workspace.perform([
            Arrival(id: "went-live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)
        ])
    }

    private mutating func step() async throws {
        clock.pass(Int64(20 + disk.below(300)) * Milliseconds.minute)
        if disk.happens(.clockBack) { clock.pass(-Int64(disk.below(3 * 24 * 60)) * Milliseconds.minute) }
        if disk.happens(.clockLeap) { clock.pass(Int64(disk.below(8 * 24 * 60)) * Milliseconds.minute) }
        sender.live(at: clock.now)
        try await goOn()
        try await people()
        if disk.happens(.restart) { try await machine.restart() }
    }

    /// What the product's own loops do, with whatever senders say meanwhile.
    private mutating func goOn() async throws {
        try machine.startIfGone()
        let due = disk.happens(.clockRuns) ? await approachDue() : nil
        try await send(max: 1 + disk.below(6))
        if let due { clock.run(to: due) }
        try await tick()
        try await dispatch()
    }

    /// Goes to the last moment before somebody falls due, when that is within a day.
    private func approachDue() async -> Instant? {
        let now = clock.now
        guard let due = await machine.workspace.tick(), due > now, due < now + Milliseconds.day else { return nil }
        clock.set(due + -1)
        return due
    }

    // MARK: Senders

    private mutating func send(max: Int) async throws {
        while let batch = sender.next(at: clock.now, max: max) {
            try machine.startIfGone()
            do {
                let answers = try await submit(batch)
                if disk.happens(.answerLost) { sender.repeatLater(batch, at: clock.now) } else { sender.hear(answers, to: batch) }
            } catch {
                try excuse(error)
                sender.repeatLater(batch, at: clock.now)
            }
        }
    }

    /// Senders are answered before their block is processed; what happens then must not depend on which of both is faster.
    private func submit(_ batch: [Arrival]) async throws -> [ArrivalAnswer] {
        do {
            let answers = try await machine.workspace.submit(batch)
            await settle()
            return answers
        } catch {
            await settle()
            throw error
        }
    }

    private func settle() async {
        await machine.workspace.settled()
        _ = await machine.workspace.tick()
    }

    /// Errors that a fault explains; any other one is a finding.
    private func excuse(_ error: any Error) throws {
        if let fence = machine.workspace.fence { throw Finding("read-only: \(fence)") }
        switch error {
        case is ProcessGone, is StorageFailure, WriterRefusal.storageFull: return
        default: throw Finding("unexpected: \(error)")
        }
    }

    // MARK: The product's loops

    /// Wakes whoever is due, as the clock's service does.
    private mutating func tick() async throws {
        for _ in 0..<40 {
            try machine.startIfGone()
            let next = await machine.workspace.tick()
            if let fence = machine.workspace.fence { throw Finding("read-only: \(fence)") }
            guard let next, next <= clock.now else { return }
        }
    }

    private mutating func dispatch() async throws {
        for _ in 0..<4 {
            try machine.startIfGone()
            do {
                guard try await machine.dispatch() > 0 else { return }
            } catch {
                try excuse(error)
            }
        }
    }

    // MARK: People

    private mutating func people() async throws {
        do {
            if disk.happens(.tasksTicked) { try await tickTasks() }
            if disk.happens(.newVersion) { try await publish() }
            if disk.happens(.allStopped) { try await stopAll(disk.below(2) == 0) }
            if disk.happens(.addressSuppressed) { try await suppress() }
            if disk.happens(.accountsMerged) { try await merge() }
            if disk.happens(.mergeUndone) { try await undoMerge() }
        } catch {
            try excuse(error)
        }
        try machine.startIfGone()
    }

    private func tickTasks() async throws {
        let workspace = machine.workspace
        for state in workspace.accounts() {
            for play in state.conclusions.plays where play.isRunning {
                _ = try await workspace.perform(tasks(of: play, state, workspace.programme))
            }
        }
    }

    private func tasks(of play: PlayInstance, _ state: AccountState, _ programme: CompiledProgramme) -> [Arrival] {
        guard let plan = programme.playPlan(play.play) else { return [] }
        return zip(play.steps, plan.steps).flatMap { step, planned in
            step.tasks.indices.filter { step.state == .ready && step.tasks[$0] == nil }.map { task in
                let more: JSONObject = ["step": .string(planned.step.id), "by": "csm", "task": .int(Int64(task))]
                return Arrival(
                    id: "task-\(state.id)-\(play.number)-\(planned.step.id)-\(step.attempt)-\(task)", source: "team",
                    type: FactType.taskCompleted, subject: .resolved(state.id),
                    data: JSONObject(play.reference.members + more.members))
            }
        }
    }

    private mutating func publish() async throws {
        version += 1
        do {
            _ = try await machine.workspace.publish(try SwarmProgramme.version(version), by: "swarm", reason: "Another one")
        } catch PublishRefusal.tooManyVersions {
            // People would wait until plays of old versions have ended.
        } catch PublishRefusal.unchanged {
        }
    }

    /// Who stops everything counts on it once it was confirmed; who lets it go must not be sent anything before.
    private func stopAll(_ isStopped: Bool) async throws {
        if !isStopped { post.setStopped(false) }
        try await set(OutgoingRules.stopSetting, isStopped ? "{}" : nil)
        if isStopped { post.setStopped(true) }
    }

    private func suppress() async throws {
        let account = sender.accounts[disk.below(sender.accounts.count)]
        let address = "ada@\(account).example"
        try await set(OutgoingRules.suppressionSetting(address), "{}")
        post.suppress(address)
    }

    private func set(_ name: String, _ value: String?) async throws {
        try await machine.workspace.write { $0.settings.append((name: name, value: value)) }
    }

    /// Any two, also such as cannot be merged.
    private func merge() async throws {
        let workspace = machine.workspace
        let names = (0..<2).map { _ in sender.accounts[disk.below(sender.accounts.count)] }
        guard let part = workspace.account(names[0]), let survivor = workspace.account(names[1]) else { return }
        do {
            try await workspace.merge(part.id, into: survivor.id, MergePreview(part, into: survivor).terms, by: "swarm")
        } catch is MergeRefusal {
        }
    }

    private func undoMerge() async throws {
        let links = machine.workspace.merges.all
        guard !links.isEmpty else { return }
        let link = links[disk.below(links.count)]
        do {
            try await machine.workspace.undoMerge(of: link.part, from: link.survivor, by: "swarm")
        } catch is MergeRefusal {
        }
    }

    // MARK: Rest

    /// Without faults everything that was begun ends: events arrive, messages leave, whoever is due is woken.
    private mutating func comeToRest() async throws {
        disk.calm()
        try machine.startIfGone()
        try await tick()
        try await stopAll(false)
        for _ in 0..<110 {
            clock.pass(Milliseconds.hour)
            sender.hurry(at: clock.now)
            try await goOn()
        }
        while try await machine.dispatch() > 0 {}
        guard sender.waiting.isEmpty else { throw Finding("\(sender.waiting.count) events are never taken") }
        if let next = await machine.workspace.tick(), next <= clock.now { throw Finding("somebody is still due since \(next.text)") }
        await machine.workspace.close()
    }
}
