import CEL
package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account as it was when one of its days had been closed: what was recorded, in the words of that day's programme.
package struct PastDay: Sendable {
    package let close: DayClose
    package let zone: ZoneRules
    /// As it ran then.
    package let programme: CompiledProgramme
    package let reading: HealthReading
    package let conclusions: Conclusions
    /// By name, in the order in which they were kept; nil: they were not.
    package let metrics: [DayMetric]?
    /// Up to the close, oldest first.
    package let messages: [DayMessage]
    /// What was decided from the day's first instant to its close, oldest first.
    package let events: [TimelineEntry]
    /// Reconstructed from imported history: nobody was shown it on that day.
    package let isImported: Bool

    /// - Parameters:
    ///   - decisions: all that were recorded up to the close, oldest first.
    ///   - liveSince: when the workspace left the import fence.
    package init(
        _ close: DayClose, _ reading: HealthReading, _ conclusions: Conclusions, metrics: [DayMetric]?,
        decisions: [Decision], programme: CompiledProgramme, zone: ZoneRules, liveSince: Instant?
    ) {
        self.close = close
        self.zone = zone
        self.programme = programme
        self.reading = reading
        self.conclusions = conclusions
        self.metrics = metrics
        messages = DayMessage.all(in: decisions, programme)
        let start = zone.instant(day: close.day)
        events = decisions.filter { $0.at >= start }.map {
            TimelineEntry($0, plays: conclusions.plays, programme: programme, zone: zone)
        }
        isImported = liveSince.map { close.at <= $0 } ?? true
    }
}

extension PastDay {
    /// The band that people saw; nil: too little was known.
    package var band: HealthBand? {
        guard reading.score != nil, let shown = conclusions.health.displayedBand else { return nil }
        let bands = programme.programme.health.bands
        return bands.indices.contains(shown) ? bands[shown] : nil
    }

    package var explanation: HealthExplanation { HealthExplanation(reading, programme.programme.health) }
    /// Whole percent of the model's weight that was known.
    package var coverage: Int { Int(reading.coverageMicros / 1_000_000) }

    package struct OpenSignal: Sendable {
        package let signal: Signal
        package let state: SignalState
        /// As its author wrote it.
        package let condition: String
    }

    /// Most urgent first, else in the programme's order.
    package var openSignals: [OpenSignal] {
        let open = programme.signals.compactMap { plan in
            conclusions.signal(plan.signal.id).flatMap { state in
                state.isOpen ? OpenSignal(signal: plan.signal, state: state, condition: plan.when.condition.program.source) : nil
            }
        }
        return open.enumerated().sorted {
            ($0.element.signal.severity.rank, $0.offset) < ($1.element.signal.severity.rank, $1.offset)
        }.map(\.element)
    }

    package var runningPlays: [PlayInstance] { conclusions.plays.filter(\.isRunning) }
}

/// A metric as it was kept with a day.
package struct DayMetric: Hashable, Sendable {
    /// `users.active.7d`
    package let name: String
    package let value: MetricValue

    package init(name: String, value: MetricValue) {
        self.name = name
        self.value = value
    }
}

/// A message that had been queued by the close of a day.
package struct DayMessage: Hashable, Sendable {
    package let at: Instant
    package let title: String
    /// `role:csm`
    package let recipient: String
    package let play: Int32
    /// `queued`, `cancelled`, or what the post office had told by then.
    package fileprivate(set) var state = "queued"
    fileprivate let key: String

    static func all(in decisions: [Decision], _ programme: CompiledProgramme) -> [DayMessage] {
        var messages: [DayMessage] = []
        for decision in decisions {
            guard case .outreach(let outreach) = decision.what else { continue }
            switch outreach {
            case .messageQueued(let intent): messages.append(DayMessage(intent, decision.at, programme))
            case .messagesCancelled(let play, _): messages.settle("cancelled") { $0.play == play }
            case .messageSettled(let key, let state, _): messages.settle(state) { key.hasPrefix($0.key + "/") }
            }
        }
        return messages
    }

    private init(_ intent: MessageIntent, _ at: Instant, _ programme: CompiledProgramme) {
        let template = programme.template(intent.template, version: intent.programmeVersion)
        self.at = at
        title = template?.title ?? intent.template
        recipient = intent.recipient.text
        play = intent.play
        key = intent.key
    }
}

extension [DayMessage] {
    /// What has left, or will never leave, stays as it is.
    fileprivate mutating func settle(_ state: String, _ isMeant: (DayMessage) -> Bool) {
        for index in indices where self[index].state == "queued" && isMeant(self[index]) { self[index].state = state }
    }
}
