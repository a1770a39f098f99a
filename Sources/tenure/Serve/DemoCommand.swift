import ArgumentParser
import Foundation
import ServiceLifecycle
import Synchronization
import TenureConnectors
import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime
import TenureSQLite
import TenureSimulator
import TenureStore

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Six workspaces with a simulated year behind them, and live events coming in.",
        discussion: """
            Everything happens on this machine; mails are written to <data>/mail. With --data an existing demo is resumed; \
            a workspace whose year was not finished is made again.
            """)

    @OptionGroup var options: ServerOptions

    @Option(help: "Customers of the starter workspace.")
    var accounts = 600

    @Option(help: "Customers of each vendor's workspace.")
    var vendorAccounts = 150

    @Option(help: "Days of history.")
    var days = 365

    @Option(help: "Everything that happened follows from it.")
    var seed: UInt64 = 42

    @Flag(help: "No live events after the start.")
    var quiet = false

    /// Share of the full simulator's events that the demo's year holds, so that it is ready soon.
    static let intensity = 0.25

    func run() async throws {
        let directory = options.dataDirectory(default: NSTemporaryDirectory() + "tenure-demo-\(getpid())")
        try discardUnfinished(directory)
        let deployment = try await Deployment(
            directory: directory, url: try options.publicURL(), chatKinds: try options.outgoing.chatKinds(),
            logger: options.logger(), progress: { note($0) })
        try await makeYears(deployment)
        let asJSON = options.json, host = try options.address().host
        let live = quiet ? nil : LiveEvents(deployment: deployment, host: host, worlds: try worlds(deployment))
        let run = ServerRun(deployment: deployment, options: options, extra: live.map { [$0] } ?? [])
        try await run.run { port in
            await announce(deployment, url: "http://\(host):\(port)", asJSON: asJSON)
            live?.begin(port: port)
        }
    }

    // MARK: History

    private var slugs: [String] { ["starter"] + embeddedProgrammes.names.filter { $0 != "starter" } }

    private func discardUnfinished(_ directory: String) throws {
        for slug in slugs where FileManager.default.fileExists(atPath: "\(directory)/workspaces/\(slug)/unfinished") {
            note("\(slug): its year was not finished; it is made again")
            try FileManager.default.removeItem(atPath: "\(directory)/workspaces/\(slug)")
        }
    }

    private func makeYears(_ deployment: Deployment) async throws {
        let missing = slugs.filter { deployment.house.workspace(WorkspaceID($0)) == nil }
        let progress = YearProgress(total: missing.count)
        // Two workspaces at a time: a year is lived through on one core.
        try await withThrowingTaskGroup(of: Void.self) { group in
            var waiting = missing[...]
            func startNext() {
                guard let slug = waiting.popFirst() else { return }
                group.addTask { try await makeYear(slug, deployment, progress) }
            }
            startNext()
            startNext()
            while try await group.next() != nil { startNext() }
        }
        endBar()
    }

    private func makeYear(_ slug: String, _ deployment: Deployment, _ progress: YearProgress) async throws {
        let folder = "\(deployment.directory)/workspaces/\(slug)"
        try makeDirectory(folder)
        guard FileManager.default.createFile(atPath: folder + "/unfinished", contents: nil) else {
            throw Failure(code: "cannot-write", what: "\(folder) cannot be written.", remedy: "Check permissions and space.")
        }
        var (writer, store) = try deployment.parts(slug, programme: slug)
        try writer.keepBuild()
        let title = writer.programme.programme.title
        var settings = Commit(position: 0, now: wallClock())
        settings.settings = [
            (name: "programme", value: slug), (name: "url", value: deployment.house.url),
            (name: SampleData.seedSetting, value: String(seed)), (name: "demo.first_day", value: String(firstDay.number)),
            (name: "teammate:owner", value: Teammate(id: Teammate.ownerID, name: "Demo owner", email: "owner@\(slug).example").text),
        ]
        try store.commit(settings)
        // What the year would have sent stays in the outbox as withheld. An unfinished year is thrown away, so that many
        // days are written at a time, and states once, at its end.
        let gathering = try GatheringStore(store)
        writer.store = gathering
        writer.isRehearsal = true
        let checkpointBytes = writer.checkpointBytesPerCommit
        writer.checkpointBytesPerCommit = 0
        writer.marksFrom = ZoneRules.utc.instant(day: firstDay + Int32(max(0, days - Self.daysMarked)))
        var simulation = Simulation(world: world(writer.programme, slug), writer: writer, stepHours: 24)
        _ = try simulation.run { day, of in progress.show(slug, title, Double(day) / Double(of)) }
        try gathering.flush()
        writer = simulation.writer
        writer.store = store
        writer.isRehearsal = false
        writer.checkpointBytesPerCommit = checkpointBytes
        try writer.saveAll()
        try FileManager.default.removeItem(atPath: folder + "/unfinished")
        // What comes in from now on must not be thrown away with an unfinished year.
        try syncDirectory(folder)
        try deployment.adopt(writer, store)
    }

    /// A plan looks back a quarter, from a mark at most 30 days before.
    private static let daysMarked = 125

    private var firstDay: Day { ZoneRules.utc.day(at: wallClock()) + -Int32(days) }

    private func world(_ programme: CompiledProgramme, _ slug: String, firstDay: Day? = nil) -> World {
        World(
            programme: programme, accounts: 0..<(slug == "starter" ? accounts : vendorAccounts), days: days, seed: seed,
            firstDay: firstDay ?? self.firstDay, intensity: Self.intensity)
    }

    private func worlds(_ deployment: Deployment) throws -> [(WorkspaceID, World)] {
        try deployment.house.workspaces.compactMap { workspace in
            // One that somebody made beside the demo's has customers of its own.
            guard try workspace.store.setting(SampleData.seedSetting) != nil else { return nil }
            let first = try workspace.store.setting("demo.first_day").flatMap { Int32($0) }.map { Day(number: $0) }
            return (workspace.id, world(workspace.programme, workspace.id.text, firstDay: first))
        }
    }
}

/// How far all years together are.
private final class YearProgress: Sendable {
    private let done: Mutex<[String: Double]>
    private let total: Int

    init(total: Int) {
        self.total = total
        done = Mutex([:])
    }

    func show(_ slug: String, _ title: String, _ fraction: Double) {
        let sum = done.withLock { done in
            done[slug] = fraction
            return done.values.reduce(0, +)
        }
        bar("\(title): living through a year", sum / Double(max(1, total)))
    }
}
