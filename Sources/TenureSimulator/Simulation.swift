import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
package import TenureRuntime
import TenureStore

/// A year on the virtual clock, through the writer that production uses.
package struct Simulation {
    package let world: World
    package private(set) var writer: Writer
    /// Hours between two batches of facts.
    private let stepHours: Int64

    package init(world: World, writer: Writer, stepHours: Int = 24) {
        self.world = world
        self.writer = writer
        self.stepHours = Int64(max(1, min(24, stepHours)))
    }

    /// Runs from the first day through `days`, telling how far it is.
    package mutating func run(progress: (_ day: Int, _ of: Int) -> Void = { _, _ in }) throws -> SimulationResult {
        let wentLive = Arrival(
            id: "went-live", source: "operator", type: FactType.workspaceWentLive, subject: .workspace)
        try take([wentLive], at: world.start(of: 0))
        try take(world.beginnings, at: world.start(of: 0))
        var feed = WorldFeed(world)
        for day in 0..<world.days {
            for step in 0..<(24 / stepHours) {
                let end = world.start(of: day) + (step + 1) * stepHours * Milliseconds.hour
                try pass(until: end)
                try take(feed.arrivals(before: end), at: end)
            }
            try take(reactions(on: day), at: world.start(of: day + 1))
            progress(day + 1, world.days)
        }
        return result
    }

    private mutating func take(_ arrivals: [Arrival], at now: Instant) throws {
        guard !arrivals.isEmpty else { return }
        for part in arrivals.blocks {
            if let block = try writer.accept(part.arrivals, now: now).block { try writer.process(block) }
        }
    }

    private mutating func pass(until end: Instant) throws {
        while let due = writer.nextDue(), due <= end, let block = try writer.tick(now: end) { try writer.process(block) }
    }

    /// The vendor's people tick tasks off after a few days; some are left lying.
    private func reactions(on day: Int) -> [Arrival] {
        var arrivals: [Arrival] = []
        for (account, state) in writer.accounts.sorted(by: { $0.key < $1.key }) {
            for play in state.conclusions.plays where play.isRunning {
                arrivals += reactions(account, play, day)
            }
        }
        return arrivals
    }

    private func reactions(_ account: AccountID, _ play: PlayInstance, _ day: Int) -> [Arrival] {
        guard let plan = world.programme.playPlan(play.play) else { return [] }
        var generator = SeededGenerator(seed: world.seed ^ hash64(account.text), Int(play.number), day)
        var arrivals: [Arrival] = []
        for (index, step) in play.steps.enumerated() where step.state == .ready && plan.steps.indices.contains(index) {
            guard generator.chance(0.3) else { continue }
            let id = plan.steps[index].step.id
            let name = "\(account)-\(play.number)-\(id)-\(step.attempt)"
            for task in step.tasks.indices where step.tasks[task] == nil {
                arrivals.append(command(FactType.taskCompleted, account, "task-\(name)-\(task)", play, id, ["task": .int(Int64(task))]))
            }
            if plan.steps[index].step.signOff != nil, step.signOff == nil {
                arrivals.append(command(FactType.stepSignedOff, account, "sign-\(name)", play, id, [:]))
            }
        }
        return arrivals
    }

    private func command(
        _ type: String, _ account: AccountID, _ id: String, _ play: PlayInstance, _ step: String, _ more: JSONObject
    ) -> Arrival {
        let asked: JSONObject = ["step": .string(step), "by": "csm"]
        let data = JSONObject(play.reference.members + asked.members + more.members)
        return Arrival(id: id, source: "team", type: type, subject: .resolved(account), data: data)
    }
}

// MARK: - What came of it

extension Simulation {
    private var result: SimulationResult {
        let bands = world.programme.programme.health.bands
        var counts = Array(repeating: 0, count: bands.count + 1)
        let gone = Set(world.gone.map { writer.keys.account(external: $0) })
        let remaining = writer.accounts.filter { !gone.contains($0.key) }.map(\.value.conclusions.health)
        for health in remaining { counts[health.displayedBand.map { min($0, bands.count) } ?? bands.count] += 1 }
        let now = world.start(of: world.days)
        let titles = bands.map(\.title) + ["not enough data"]
        let terms = RowTerms(world.programme)
        return SimulationResult(
            counts: writer.counts, dayCloses: writer.counts.decisions["dayClosed"] ?? 0,
            bands: zip(titles, counts).map { ($0, $1) }, components: components(remaining), accountDays: world.accountDays,
            rows: writer.accounts.map { AccountRow($0.value, world.programme, terms, now: now) }, now: now)
    }

    private func components(_ remaining: [HealthConclusions]) -> [ComponentSummary] {
        let readings = remaining.compactMap(\.reading)
        return world.programme.componentIDs.enumerated().map { index, id in
            let known = readings.compactMap { $0.components[index].pointsNano }
            return ComponentSummary(
                id: id, known: known.count, unknown: readings.count - known.count, pointsNano: known.reduce(0, +))
        }
    }
}
