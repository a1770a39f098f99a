import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

// MARK: - From rows to a past

extension PastFiles {
    /// Days on which events became known; nil: there are none.
    var eventDays: ClosedRange<Day>? {
        let moments = told.values.lazy.joined().filter { !$0.arrival.isRecord }.compactMap(\.recorded)
        guard let first = moments.min(), let last = moments.max() else { return nil }
        return programme.defaultZoneRules.day(at: first)...programme.defaultZoneRules.day(at: last)
    }

    /// The accounts in the order of their file, with all that was told of them.
    ///
    /// - Parameter leavingOut: fields of undated rows that tell today what nobody knew then.
    func accounts(from first: Day, leavingOut: Set<String>) -> [PastAccount] {
        let start = programme.defaultZoneRules.instant(day: first)
        return ids.map { account($0, start: start, leavingOut) }
    }

    private func account(_ id: String, start: Instant, _ leavingOut: Set<String>) -> PastAccount {
        let own = told[id] ?? []
        let began = own.compactMap(\.recorded).min() ?? start
        var facts: [PastFact] = []
        var last = Instant(milliseconds: .min)
        // Places are sorted rather than rows, which are large.
        let moments = own.map { $0.recorded ?? began }
        for place in own.indices.sorted(by: { (moments[$0], own[$0].line) < (moments[$1], own[$1].line) }) {
            let one = own[place]
            var arrival = one.arrival
            let recorded = moments[place]
            if one.recorded == nil, arrival.type == FactType.accountChanged {
                arrival.data = arrival.data.without(leavingOut)
            }
            if arrival.occurred == nil {
                // Of two records of one moment the later row wins, as it would have had they come one by one.
                last = max(recorded, last + 1)
                arrival.occurred = last
            }
            facts.append(PastFact(recorded: recorded, arrival: arrival))
        }
        return PastAccount(external: id, zone: zone(of: own), facts: [known(id, at: began)] + facts)
    }

    /// Whatever is told of an account first makes it known.
    private func known(_ id: String, at began: Instant) -> PastFact {
        PastFact(
            recorded: began,
            arrival: Arrival(
                id: "known-" + id, source: "import", type: FactType.accountChanged, subject: .account(id),
                occurred: Instant(milliseconds: 0), data: ["id": .string(id)]))
    }

    private func zone(of told: [Told]) -> String? {
        told.last {
            $0.arrival.data["time_zone"]?.string != nil && $0.arrival.type == FactType.accountChanged
        }?
        .arrival.data["time_zone"]?.string
    }

    /// The value of a field as it was known at the end of a day.
    func value(_ field: String, of id: String, at end: Instant) -> JSON? {
        let rows = (told[id] ?? []).filter {
            $0.arrival.type == FactType.accountChanged && $0.arrival.data[field] != nil
        }
        let known = rows.filter { ($0.recorded ?? Instant(milliseconds: .min)) < end }
        let newest = known.enumerated().max { left, right in
            (left.element.recorded ?? Instant(milliseconds: .min), left.offset)
                < (right.element.recorded ?? Instant(milliseconds: .min), right.offset)
        }
        return newest?.element.arrival.data[field]
    }

    func zoneRules(of id: String) -> ZoneRules {
        zone(of: told[id] ?? []).flatMap { programme.zones[$0] } ?? programme.defaultZoneRules
    }

    /// When a notice was known, as a day of the account's own.
    func knownDay(_ notice: Notice, of id: String) -> Day {
        if let recorded = notice.recorded { return zoneRules(of: id).day(at: recorded) }
        let delay = delays.milliseconds(.churn, system: nil)
        return notice.day + Int32(clamping: (delay + Milliseconds.day - 1) / Milliseconds.day)
    }
}

extension Arrival {
    /// Whether it is a row of accounts, contacts or contracts rather than an event.
    var isRecord: Bool { type == FactType.accountChanged || type == FactType.contactChanged }
}

extension JSONObject {
    fileprivate func without(_ names: Set<String>) -> JSONObject {
        names.isEmpty ? self : JSONObject(members.filter { !names.contains($0.name) })
    }
}
