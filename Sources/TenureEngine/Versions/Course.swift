package import TenureCore

/// What happened to one account over a time, in a form that two versions of a programme can be compared by.
package struct Course: Hashable, Sendable {
    package struct Mark: Hashable, Sendable {
        /// Of the band, signal, play or template.
        package let id: String
        package let at: Instant
    }

    /// At the end of each local day; nil: too little was known.
    package private(set) var scores: [Day: Int?] = [:]
    /// Bands as they were shown, each from its instant on; an empty id where too little was known.
    package private(set) var bands: [Mark] = []
    /// Signals raised.
    package private(set) var signals: [Mark] = []
    /// Plays started.
    package private(set) var plays: [Mark] = []
    /// Templates of messages queued.
    package private(set) var messages: [Mark] = []

    package init() {}

    /// - Parameter bandIDs: of the programme that decided, best first.
    package mutating func take(_ decision: Decision, bandIDs: [String]) {
        switch decision.what {
        case .health(.dayClosed(let day, let reading, _)): close(day, reading.score)
        case .health(.bandChanged(_, let band)):
            bands.append(Mark(id: band.flatMap { bandIDs.indices.contains($0) ? bandIDs[$0] : nil } ?? "", at: decision.at))
        case .signal(.raised(let id)): signals.append(Mark(id: id, at: decision.at))
        case .play(.started(let id, _, _, _, _)): plays.append(Mark(id: id, at: decision.at))
        case .outreach(.messageQueued(let intent)): messages.append(Mark(id: intent.template, at: decision.at))
        case .health, .signal, .play, .outreach: break
        }
    }

    package mutating func close(_ day: Day, _ score: Int?) { scores[day] = .some(score) }
}
