package import TenureCore

/// What happened to one account over a time, in a form that two versions of a programme can be compared by.
package struct Course: Hashable, Sendable {
    package struct Mark: Hashable, Sendable {
        /// Of the band, signal, play or template.
        package let id: String
        package let at: Instant

        package init(id: String, at: Instant) {
            self.id = id
            self.at = at
        }
    }

    /// At the end of each local day; nil: too little was known.
    package private(set) var scores: [Day: Int?] = [:]
    /// Bands as they were shown, each from its instant on; an empty id where too little was known.
    package private(set) var bands: [Mark] = []
    /// Signals raised and cleared, or marked false, in the order in which they were.
    package private(set) var signalTurns: [SignalTurn] = []
    /// Signals that were open when the time began, each since when.
    package var standing: [Mark] = []
    /// Plays started.
    package private(set) var plays: [Mark] = []
    /// Templates of messages queued.
    package private(set) var messages: [Mark] = []

    /// A signal that opened, or closed.
    package struct SignalTurn: Hashable, Sendable {
        package let mark: Mark
        package let isRaised: Bool

        package init(mark: Mark, isRaised: Bool) {
            self.mark = mark
            self.isRaised = isRaised
        }
    }

    package init() {}

    /// Signals raised.
    package var signals: [Mark] { signalTurns.filter(\.isRaised).map(\.mark) }

    /// - Parameter bandIDs: of the programme that decided, best first.
    package mutating func take(_ decision: Decision, bandIDs: [String]) {
        switch decision.what {
        case .health(.dayClosed(let day, let reading, _, _)): close(day, reading.score)
        case .health(.bandChanged(_, let band)):
            bands.append(Mark(id: band.flatMap { bandIDs.indices.contains($0) ? bandIDs[$0] : nil } ?? "", at: decision.at))
        case .signal(.raised(let id)), .signal(.takenBack(let id, _, .falseAlarm)): turn(id, decision.at, isRaised: true)
        case .signal(.cleared(let id)), .signal(.markedFalse(let id, _, _, _)): turn(id, decision.at, isRaised: false)
        case .play(.started(let id, _, _, _, _)): plays.append(Mark(id: id, at: decision.at))
        case .outreach(.messageQueued(let intent)): messages.append(Mark(id: intent.template, at: decision.at))
        case .health, .signal, .play, .outreach, .merging, .sla: break
        }
    }

    private mutating func turn(_ signal: String, _ at: Instant, isRaised: Bool) {
        signalTurns.append(SignalTurn(mark: Mark(id: signal, at: at), isRaised: isRaised))
    }

    /// What was open already when the time began.
    package mutating func begin(with conclusions: Conclusions) {
        standing = conclusions.signals.compactMap { signal in signal.openSince.map { Mark(id: signal.signal, at: $0) } }
    }

    package mutating func close(_ day: Day, _ score: Int?) { scores[day] = .some(score) }
}
