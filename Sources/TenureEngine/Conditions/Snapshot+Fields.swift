package import TenureCore

extension Snapshot {
    /// An account's segment, without measuring anything: segments look at the account's fields only.
    package static func segment(of state: AccountState, _ programme: CompiledProgramme, now: Instant) -> String? {
        let zone = programme.zone(of: state.observations)
        let dates = programme.dates(of: state.observations, zone: zone)
        let context = TurnContext(programme: programme, workspace: WorkspaceState())
        let moment = Moment(state, state.sharedObservations, dates, zone: zone, now: now, context)
        return Snapshot(moment, conclusions: state.sharedConclusions, readings: []).segment
    }
}

extension Observations {
    /// Whether anybody was active in the last days up to `today`; nil: no use was ever seen.
    package func hasActiveMembers(inDays days: Int32, upTo today: Day) -> Bool? {
        lastActivity == nil ? nil : members.activeMembers(today + -days...today) > 0
    }

    /// Whether any of the features, by their places in the layout, was used in the last days; nil: no use was ever seen.
    package func uses(features places: [Int], inDays days: Int32, upTo today: Day) -> Bool? {
        guard lastActivity != nil else { return nil }
        return places.contains { place in
            features.indices.contains(place) && features[place].sum(over: today + -days...today) > 0
        }
    }
}
