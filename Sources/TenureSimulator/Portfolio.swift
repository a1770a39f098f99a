import Synchronization
package import TenureCore
package import TenureEngine
import TenureRuntime

/// A portfolio's time, lived through in parts side by side: customers know nothing of each other, and each core has a
/// programme of its own, so that none waits for another.
package struct Portfolio: Sendable {
    package var accounts: Int
    package var days: Int
    package var seed: UInt64
    package var firstDay: Day
    package var intensity: Double
    package var stepHours: Int
    /// Customers of one part: the same on every machine, whatever its cores.
    private static let partMax = 50

    package init(accounts: Int, days: Int, seed: UInt64, firstDay: Day, intensity: Double, stepHours: Int) {
        self.accounts = accounts
        self.days = days
        self.seed = seed
        self.firstDay = firstDay
        self.intensity = intensity
        self.stepHours = stepHours
    }

    /// - Parameter programmes: one for each core to work on, with no object in common.
    package func run(
        on programmes: [CompiledProgramme], progress: @escaping @Sendable (_ fraction: Double) -> Void
    ) throws -> SimulationResult? {
        let daysDone = Atomic(0)
        let total = Double(parts.count * days)
        let results = concurrentMap(parts, among: programmes) { programme, part in
            Result { () throws -> SimulationResult in
                let store = ForgetfulStore(keepsChronicles: true)
                var simulation = simulation(of: part, programme, store)
                var result = try simulation.run { _, _ in
                    progress(Double(daysDone.add(1, ordering: .relaxed).newValue) / total)
                }
                result.chronicles = store.chronicles
                return result
            }
        }
        var whole: SimulationResult?
        for result in results {
            let part = try result.get()
            whole = whole.map { $0 + part } ?? part
        }
        return whole
    }

    private var parts: [Range<Int>] {
        stride(from: 0, to: accounts, by: Self.partMax).map { $0..<min(accounts, $0 + Self.partMax) }
    }

    func simulation(
        of part: Range<Int>, _ programme: CompiledProgramme, _ store: ForgetfulStore
    ) -> Simulation {
        let secret = Array("simulation-secret-of-32-bytes-ok".utf8)
        var writer = Writer(
            workspace: "simulation", keys: WorkspaceKeys(secret: secret, workspace: "simulation"), log: ForgetfulLog(),
            store: store, composer: SilentComposer(), programme: programme)
        writer.checkpointBytesPerCommit = 0
        writer.markBytesPerCommit = 0
        let world = World(
            programme: programme, accounts: part, days: days, seed: seed, firstDay: firstDay, intensity: intensity)
        return Simulation(world: world, writer: writer, stepHours: stepHours)
    }
}
