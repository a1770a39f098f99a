import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// Where the numbers of a score's line are explained: at its metric, at its judgement, or in a sentence.
struct LineSource {
    let programme: CompiledProgramme
    /// Id of the account.
    let account: String
    /// The past day that is shown; nil: now.
    let day: Day?
    /// What conditions of limits came to; nil where only their text is known.
    let snapshot: Snapshot?

    func link(_ line: HealthExplanation.Line) -> String? {
        switch line.kind {
        case .component:
            let isJudged = line.value == nil && line.pointsNano != nil
            if isJudged { return Links.told(account, .judgement, ToldValue.judgement(ofComponent: line.id)) }
            return component(line.id).map { Links.metric(account, $0.metric.text, on: day) }
        case .judgedGroup: return Links.told(account, .judgement, ToldValue.judgement(ofGroup: line.id))
        case .cap, .rounding: return nil
        }
    }

    func why(_ line: HealthExplanation.Line) -> String? {
        switch line.kind {
        case .component, .judgedGroup: nil
        case .cap: cap(line)
        case .rounding: "The score is shown in whole points, half a point upwards."
        }
    }

    private func component(_ id: String) -> HealthComponent? {
        for group in programme.programme.health.groups {
            if let found = group.components.first(where: { "\(group.id).\($0.id)" == id }) { return found }
        }
        return nil
    }

    private func cap(_ line: HealthExplanation.Line) -> String {
        guard let place = programme.programme.health.caps.firstIndex(where: { "cap:" + $0.id == line.id }) else { return "" }
        let effect = line.isApplied ? "It limits the score while this holds" : "Whether this holds is unknown, so it limits nothing"
        guard let snapshot, programme.caps.indices.contains(place) else { return effect + "." }
        let parts = ConditionExplanation(programme.caps[place], snapshot).lines.filter(\.isAtom).map { part in
            let values = part.values.map(\.value).joined(separator: ", ")
            return values.isEmpty ? part.text : "\(part.text) (\(values))"
        }
        return "\(effect): \(parts.joined(separator: "; "))"
    }
}
