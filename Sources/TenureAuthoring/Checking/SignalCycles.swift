import CEL
import TenureProgramme

/// Signals that come to read themselves: directly, through others, or through the play that they start.
extension Reading {
    func checkSignalCycles(_ programme: Programme) {
        let reads = Dictionary(
            programme.signals.map { ($0.id, $0.references) }, uniquingKeysWith: { first, _ in first })
        let signals = reads.mapValues { references in references.compactMap { $0.name("signal") } }
        if let ring = Cycle.find(programme.signals.map(\.id), { signals[$0] ?? [] }) { reportCycle(ring) }
        for play in programme.plays where play.reentry == .afterExit {
            for start in play.startsOn where isReading(start, running: play.id, reads, signals) {
                guard let place = place(of: .signal, start) else { continue }
                report(.selfTrigger(play.id, at: place, play: self.place(of: .play, play.id)))
            }
        }
    }

    /// Whether the signal, or one that it reads, asks if the play runs.
    private func isReading(
        _ signal: String, running play: String, _ reads: [String: [Reference]], _ signals: [String: [String]]
    ) -> Bool {
        var seen: Set<String> = []
        var pending = [signal]
        while let id = pending.popLast() {
            guard seen.insert(id).inserted else { continue }
            if (reads[id] ?? []).contains(.literalCall(name: "play", argument: play, field: "running")) {
                return true
            }
            pending += signals[id] ?? []
        }
        return false
    }

    private func reportCycle(_ ring: [String]) {
        let places = ring.compactMap { place(of: .signal, $0) }
        guard let first = places.first else { return }
        report(.signalCycle(ring, at: first, others: places.dropFirst().map { .init($0, "this one, too") }))
    }
}

extension Signal {
    /// `clear` may ask how long the signal itself is open.
    fileprivate var references: [Reference] { when.program.references }
}

extension Reference {
    /// The argument of a call of that name.
    fileprivate func name(_ wanted: String) -> String? {
        guard case .literalCall(wanted, let argument, _) = self else { return nil }
        return argument
    }
}

extension Diagnostic {
    static func signalCycle(_ path: [String], at place: Place, others: [Label]) -> Diagnostic {
        var mistake = Diagnostic(
            .signalCycle, path.count == 1 ? "this signal reads itself" : "these signals read each other",
            at: Label(place, "this one reads itself"),
            why: (path + path.prefix(1)).map { "`\($0)`" }.joined(separator: " → "),
            hint: path.count == 1 ? "`for` and `clear` say how long it must hold and when it is over" : nil)
        mistake.labels += others
        return mistake
    }

    static func selfTrigger(_ play: String, at place: Place, play other: Place?) -> Diagnostic {
        var mistake = Diagnostic(
            .selfTrigger, "this signal reads whether the play runs that it starts",
            at: Label(place, "`\(play)` changes it"),
            why: "With `reentry: after_exit` the play may start again as soon as it ended, and so for ever.",
            hint:
                "write `reentry: 30d` or `reentry: never` at the play, or let the signal read something else")
        if let other { mistake.labels.append(Label(other, "it starts this play")) }
        return mistake
    }
}
