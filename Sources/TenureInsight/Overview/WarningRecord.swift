package import TenureCore
package import TenureEngine
import TenureProgramme

/// Would it have warned you? The verdict on the twelve months that the workspace itself has recorded: by what was
/// concluded at the time, nothing is lived through again.
package enum WarningRecord {
    /// The days that are counted: the last twelve months; in a younger workspace, those from when on its windows were full.
    package static func watch(_ rows: [AccountRow], until today: Day, _ zone: ZoneRules) -> ClosedRange<Day> {
        let full = rows.compactMap(\.created).min().map { zone.day(at: $0) + VerdictTerms.warmUpDays }
        let months = today.adding(months: -12)
        return min(max(months, full ?? months), today + -1)...(today + -1)
    }

    /// - Parameter courses: scores of those that gave notice, for the sentence why one was missed.
    package static func verdict(
        _ rows: [AccountRow], _ chronicles: [AccountID: AccountChronicle], courses: [AccountID: ScoreCourse],
        _ programme: CompiledProgramme, now: Instant
    ) -> Verdict {
        let rules = AlertRules.of(programme.programme)
        let zone = programme.defaultZoneRules
        let terms = VerdictTerms(watch: watch(rows, until: zone.day(at: now), zone))
        let watched = rows.compactMap { row in
            WatchedAccount(
                row, chronicles[row.report.id] ?? AccountChronicle(), courses[row.report.id], rules, terms, programme.programme, zone)
        }
        return Verdict(watched, rules: rules, terms)
    }

    /// The days before a notice of which the sentence speaks; nil: it gave none within the watch.
    package static func daysBefore(_ row: AccountRow, _ zone: ZoneRules, _ watch: ClosedRange<Day>) -> ClosedRange<Day>? {
        guard let notice = row.notice.map({ zone.day(at: $0.version.occurred) }), watch.contains(notice) else { return nil }
        return (notice + -VerdictTerms(watch: watch).horizon)...(notice + -1)
    }
}

extension WatchedAccount {
    /// nil: it was no customer on any day of the watch.
    fileprivate init?(
        _ row: AccountRow, _ chronicle: AccountChronicle, _ course: ScoreCourse?, _ rules: [AlertRule], _ terms: VerdictTerms,
        _ programme: Programme, _ zone: ZoneRules
    ) {
        let notice = row.notice.map { zone.day(at: $0.version.occurred) }
        let known = row.notice.map { zone.day(at: $0.version.recorded) }
        if let notice, notice < terms.watch.lowerBound { return nil }
        let end = min(terms.watch.upperBound, known.map { $0 + -1 } ?? terms.watch.upperBound)
        let start = max(terms.watch.lowerBound, row.created.map { zone.day(at: $0) } ?? terms.watch.lowerBound)
        guard start <= end else { return nil }
        let signals = OpenDays(chronicle.signals, zone, before: start, until: end)
        let open = rules.map { rule in
            programme.health.bands.firstIndex { AlertRules.id(of: $0) == rule.id }
                .map { chronicle.days(shownAs: $0, zone, until: end) } ?? signals[rule.id]
        }
        self.init(
            id: row.report.externalID, name: row.report.name, owner: row.report.owner,
            arr: row.arrAtNotice?.hundredths.map { Double($0) / 100 } ?? row.report.arr, days: start...end,
            notice: notice.flatMap { terms.watch.contains($0) ? $0 : nil }, reason: "", open: open,
            course: course ?? ScoreCourse(firstDay: start, scores: [], coverages: [], unknown: []))
    }
}
