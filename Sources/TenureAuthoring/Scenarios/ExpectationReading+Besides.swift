import TenureProgramme

extension Reading {
    /// What the keys beside the first one expect.
    func besides(_ expectation: Expectation, _ fields: Fields) -> [Expectation] {
        let minute = fields.node("at").flatMap { timeOfDay($0, "at") }
        switch expectation {
        case .raised(let day, let signal):
            let within = fields.span("respond_within")
            return [
                minute.map { .raisedAt(day: day, signal: signal, minute: $0) }, within.map { .responds(signal: signal, within: $0) },
            ].compactMap { $0 }
        case .message(let day, let template, let to, _):
            return minute.map { [.messageAt(day: day, template: template, to: to, minute: $0)] } ?? []
        case .score(_, _, let band?):
            return fields.whole("review_every_days").map { [.reviewed(band: band, everyDays: $0)] } ?? []
        case .score, .kpi, .judged, .component, .metric, .signal, .neverRaised, .raisedAgain, .raisedAt, .responds, .playStarted, .playEnded,
            .neverStarted, .startedAgain, .running, .step, .clock,
            .messageAt, .neverSent, .weight, .segment, .noScore, .group, .shownBand, .reviewed, .nothing:
            return []
        }
    }

    /// `{usage.seats: 17.5, …}`
    func weights(_ fields: Fields, _ day: Int) -> [Expectation] {
        (fields.map("weights")?.entries ?? []).compactMap { entry in
            let id = reference(
                .scalar(entry.key), "weights", .unknownComponent, "health component", among: names.components, nil, of: "test")
            let percent = number(entry.value, entry.key.text, in: 0...100)
            guard let id, let percent else { return nil }
            return .weight(day: day, component: id, percent: percent)
        }
    }
}
