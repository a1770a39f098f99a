package import TenureEngine
import TenureInsight
import TenureProgramme

/// "Healthy again if" in words, for pages and the command line.
package struct HealthyAgainText: Sendable {
    package struct Way: Sendable {
        package let title: String
        /// `14 instead of 6`.
        package let change: String
        /// `then 71, Healthy`.
        package let outcome: String
    }

    package let title: String
    /// What holds for all the ways; empty when there are none.
    package let lead: String
    package let ways: [Way]
    /// Why there is no way, or which measures are none.
    package let remarks: [String]

    /// nil where the account is as healthy as it can be, or the programme has no bands.
    package init?(_ snapshot: Snapshot) {
        guard let again = HealthyAgain.nearest(snapshot), !again.isReached else { return nil }
        let (programme, best) = (snapshot.programme.programme, HealthyAgain(snapshot)?.band)
        let isBest = best?.id == again.band.id
        title = isBest ? "\(again.band.title) again if" : "\(again.band.title) if"
        lead = again.ways.isEmpty ? "" : "One of these changes, and the rest stays as it is:"
        ways = again.ways.map { Way($0, programme) }
        let beyond = isBest ? [] : best.map { ["\($0.title) takes more than one change."] } ?? []
        remarks = beyond + Self.remarks(again, programme.health, isScored: snapshot.health?.score != nil)
    }

    /// Why the score has to pass the edge, or to stay there.
    private static func shown(_ again: HealthyAgain, _ model: HealthModel) -> [String] {
        let past = again.target - again.band.from
        var parts: [String] = []
        if past > 0 {
            parts.append("from \(again.target) on, \(Wording.plural(past, "point", "points")) past its edge")
        }
        if model.dwellDays > 0 { parts.append("after \(Wording.plural(model.dwellDays, "day", "days")) there") }
        return parts.isEmpty ? [] : ["\(again.band.title) is shown \(parts.joined(separator: ", "))."]
    }

    private static func remarks(_ again: HealthyAgain, _ model: HealthModel, isScored: Bool) -> [String] {
        let caps = model.caps.filter { again.limitedBy.contains($0.id) }
        if !caps.isEmpty {
            let named = caps.map { "\($0.title) (at most \($0.pointsMax))" }.joined(separator: ", ")
            return ["No measure helps while this limits the score: \(named)."]
        }
        guard again.ways.isEmpty else {
            let others = again.lines.filter { $0.way == .notByOneAlone }.map(\.title)
            return shown(again, model)
                + (others.isEmpty ? [] : ["Not enough alone: " + others.joined(separator: ", ") + "."])
        }
        return [
            isScored
                ? "No single measure brings the score to \(again.target): several have to change."
                : "Too little is known for a score, and no single measure would make it \(again.target)."
        ]
    }
}

extension HealthyAgainText.Way {
    init(_ line: HealthyAgain.Line, _ programme: Programme) {
        title = line.title
        let model = programme.health
        func words(_ value: Double) -> String {
            line.unit?.text(value, programme.currency) ?? Wording.number(value)
        }
        guard case .points(_, let value, _) = line.way, let readable = line.readable else {
            (change, outcome) = ("", "")
            return
        }
        let band = model.band(ofScore: readable.score).map { ", \($0.title)" } ?? ""
        outcome = "then \(readable.score)\(band)"
        let now = line.value.map(words) ?? "unknown"
        change =
            value == nil
            ? "judged with \(Wording.number(readable.value)) points instead of \(now)"
            : "\(words(readable.value)) instead of \(now)"
    }
}
