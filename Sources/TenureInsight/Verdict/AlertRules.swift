package import TenureProgramme

/// What of a programme can alert, and which of it is counted.
package enum AlertRules {
    package static func id(of band: HealthBand) -> String { "band:" + band.id }

    /// - Parameters:
    ///   - chosen: ids of the rules to count; empty: signals of high or critical severity and, where none of them asks
    ///     for the score, its worst band.
    ///   - isJudged: whether what is known suffices for a signal.
    package static func of(
        _ programme: Programme, chosen: [String] = [], isJudged: (Signal) -> Bool = { _ in true }
    ) -> [AlertRule] {
        let counted = chosen.isEmpty ? standard(programme, isJudged) : chosen
        let signals = programme.signals.filter(\.isRisk).map { ($0.id, $0.title) }
        let bands = alerting(programme).map { (id(of: $0), "Shown as \($0.title)") }
        return (signals + bands).map { id, title in AlertRule(id: id, title: title, isCounted: counted.contains(id)) }
    }

    private static func standard(_ programme: Programme, _ isJudged: (Signal) -> Bool) -> [String] {
        let serious = programme.signals.filter { $0.isRisk && ($0.severity == .critical || $0.severity == .high) && isJudged($0) }
        let worst = serious.contains { $0.when.readsHealth } ? nil : alerting(programme).last
        return serious.map(\.id) + [worst].compactMap { $0.map { id(of: $0) } }
    }

    private static func alerting(_ programme: Programme) -> [HealthBand] {
        programme.health.bands.filter { $0.tone != .good && $0.tone != .fair }
    }
}
