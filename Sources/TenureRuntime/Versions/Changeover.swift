import TenureAuthoring
import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// One version of the programme taking the place of another, for all accounts at one instant.
///
/// The writer publishes with it and a plan predicts with it: they cannot differ.
struct Changeover: Sendable {
    /// Where kept versions come from.
    let library: ProgrammeLibrary
    let old: CompiledProgramme
    private let loaded: LoadedProgramme
    private let change: ProgrammeChange
    private let number: Int
    private let now: Instant

    init(
        _ library: ProgrammeLibrary, from old: CompiledProgramme, _ oldLoaded: LoadedProgramme, to loaded: LoadedProgramme,
        number: Int, now: Instant
    ) {
        self.library = library
        self.old = old
        self.loaded = loaded
        self.number = number
        self.now = now
        change = ProgrammeChange(from: oldLoaded, to: loaded)
    }

    /// By version: plays that run, among these states.
    static func running(_ states: some Sequence<AccountState>) -> [Int: Set<String>] {
        var running: [Int: Set<String>] = [:]
        for state in states {
            for play in state.conclusions.plays where play.isRunning {
                running[play.programmeVersion, default: []].insert(play.play)
            }
        }
        return running
    }

    /// Running plays that go on under the new version, by the version they run under now.
    private func carried(_ running: [Int: Set<String>]) -> [Int: Set<String>] {
        let alike = change.playsAlike()
        return running.filter { $0.key == old.programme.version }.mapValues { $0.intersection(alike) }
    }

    /// The new version, beside whatever must run on as it was.
    func programme(
        _ states: some Sequence<AccountState>, rows: (Int) throws -> ProgrammeRow?
    ) throws -> (programme: CompiledProgramme, adoption: Adoption) {
        let running = Self.running(states)
        let carried = carried(running)
        var pinned: [PinnedProgramme] = []
        for (version, plays) in running.sorted(by: { $0.key < $1.key }) {
            let staying = plays.subtracting(carried[version] ?? [])
            guard !staying.isEmpty, let row = try rows(version) else { continue }
            pinned.append(PinnedProgramme(try library.load(row).programme, number: version, plays: staying))
        }
        let new = library.compile(loaded, number: number, pinned: pinned)
        return (new, Adoption(from: old, to: new, carried: carried))
    }

    /// How an account's measures pass over: some need its facts again.
    enum Measures { case moved, filled, refolded }

    func measures(_ new: CompiledProgramme) -> Measures {
        if change.touches("event", "entity", "feature", "account field") || old.ringDays != new.ringDays || regrades(new) {
            return .refolded
        }
        return new.layout.isCovered(by: old.layout) ? .moved : .filled
    }

    /// A grade is kept as points: another scale gives others.
    private func regrades(_ new: CompiledProgramme) -> Bool {
        change.definitions.contains { definition in
            definition.kind == "metric" && definition.change == .changed
                && new.programme.metrics.contains { $0.id == definition.id && $0.measure.isGrade }
        }
    }

    /// - Parameter folded: what the account's facts come to under the new version; needed unless measures just move.
    func observations(_ state: AccountState, _ new: CompiledProgramme, folded: Observations?) -> Observations {
        var moved = state.observations
        switch (measures(new), folded) {
        case (.refolded, let folded?): return folded
        case (.filled, let folded?): moved.move(from: old.layout, to: new.layout, filling: folded)
        default: moved.move(from: old.layout, to: new.layout)
        }
        return moved
    }
}

extension Measure {
    fileprivate var isGrade: Bool { if case .grade = self { true } else { false } }
}
