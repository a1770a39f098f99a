package import TenureCore
package import TenureEngine
import TenureProgramme

/// A decision in words: a title, and what stands behind it.
package struct TimelineEntry: Hashable, Sendable {
    package let at: Instant
    /// `scoreMoved`, `signalRaised`, …
    package let kind: String
    package let title: String
    package let detail: String

    /// - Parameters:
    ///   - plays: the account's plays, whose numbers the decision may mention.
    ///   - zone: whose wall clock the texts show.
    package init(_ decision: Decision, plays: [PlayInstance], programme: CompiledProgramme, zone: ZoneRules) {
        at = decision.at
        kind = decision.what.kind
        let wording = TimelineWording(plays: plays, programme: programme, zone: zone)
        (title, detail) =
            switch decision.what {
            case .health(let health): wording.text(health)
            case .signal(let signal): wording.text(signal)
            case .play(let play): wording.text(play)
            case .outreach(let outreach): wording.text(outreach)
            case .merging(let merging): wording.text(merging)
            case .sla(let sla): wording.text(sla)
            }
    }
}

/// What is needed to say in words what a decision says in numbers.
struct TimelineWording: Sendable {
    let plays: [PlayInstance]
    let programme: CompiledProgramme
    let zone: ZoneRules

    typealias Text = (title: String, detail: String)

    func time(_ instant: Instant) -> String { Words.instant(instant, zone) }
}

extension TimelineWording {
    func text(_ decision: HealthDecision) -> Text {
        switch decision {
        case .scoreMoved(let reading): ("Health score: \(score(reading))", coverage(reading))
        case .bandChanged(let from, let to): ("Now \(band(to))", "before: \(band(from))")
        case .bandWaiting(nil, _): ("Stays as it is", "the other band did not last")
        case .bandWaiting(let band?, _): ("May become \(self.band(band))", "once that has lasted long enough")
        case .dayClosed(let day, let reading, _, _): ("End of \(day.text): \(score(reading))", coverage(reading))
        case .bandsReplaced(let shown): ("Another programme version has other bands", "now \(band(shown))")
        }
    }

    private func score(_ reading: HealthReading) -> String { reading.score.map { "\($0)" } ?? "unknown" }
    private func coverage(_ reading: HealthReading) -> String {
        "\(reading.coverageMicros / 1_000_000) % of it is known"
    }

    private func band(_ index: Int?) -> String {
        let bands = programme.programme.health.bands
        return index.flatMap { bands.indices.contains($0) ? bands[$0].title : nil } ?? "unknown"
    }

    func text(_ decision: OutreachDecision) -> Text {
        switch decision {
        case .messageQueued(let intent):
            ("Message: \(template(intent.template))", "to \(words(intent.recipient))")
        case .messagesCancelled(_, let reason): ("Messages cancelled", "the play ended: \(reason)")
        case .messageSettled(_, let state, let detail): ("Message \(state)", detail)
        }
    }

    private func template(_ id: String) -> String {
        programme.programme.messages.first { $0.id == id }?.title ?? id
    }

    private func words(_ recipient: Recipient) -> String {
        switch recipient {
        case .role(let id): programme.programme.roles.first { $0.id == id }?.title ?? id
        case .contact(let id): "the account's \(id)"
        case .channel(let id): "channel \(id)"
        }
    }
}
