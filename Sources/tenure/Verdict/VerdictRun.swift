import ArgumentParser
import Foundation
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// A verdict with all that has to be said before it.
struct VerdictRun {
    let files: PastFiles
    let hindsight: Hindsight
    let terms: VerdictTerms
    let rules: [AlertRule]
    /// First day that is replayed.
    let firstDay: Day
    var verdict: Verdict?
    var duplicates = 0
    /// Lost accounts that are in no count, with the reason.
    private(set) var outside: [(reason: String, ids: [String])] = []
    var programmeDigest: UInt64 = 0

    init(_ files: PastFiles, rules: [AlertRule], _ terms: VerdictTerms, firstDay: Day) {
        self.files = files
        self.rules = rules
        self.terms = terms
        self.firstDay = firstDay
        hindsight = Hindsight(files)
    }

    mutating func replay(on programmes: [CompiledProgramme], owner: String?) throws {
        let past = PastReplay(
            files.accounts(from: firstDay, leavingOut: hindsight.leftOut),
            days: firstDay...terms.watch.upperBound)
        let (courses, counts) = try past.run(on: programmes) { bar("living through it again", $0) }
        endBar()
        duplicates = counts.duplicates + counts.conflicts
        verdict = Verdict(courses.compactMap { watched($0, owner) }, rules: rules, terms)
    }

    /// The account as it was watched; nil when it never was.
    private mutating func watched(_ course: AccountCourse, _ owner: String?) -> WatchedAccount? {
        let id = course.external
        var end = terms.watch.upperBound
        var label: Day?
        if let notice = files.notices[id] {
            let known = files.knownDay(notice, of: id)
            end = min(end, known + -1)
            label = min(notice.day, known)
        }
        if let label, label < terms.watch.lowerBound { return leave(id, "gave notice before the watch") }
        if let day = label, day > terms.watch.upperBound {
            note(id, "gave notice after the watch; counted as staying")
            label = nil
        }
        guard let first = course.firstDay, max(first, terms.watch.lowerBound) <= end else {
            return label == nil ? nil : leave(id, "known too late to be watched")
        }
        let moment = files.zoneRules(of: id).instant(day: end + 1)
        return WatchedAccount(
            id: id, name: files.value("name", of: id, at: moment)?.string ?? id,
            owner: owner.flatMap { files.value($0, of: id, at: moment)?.string },
            arr: files.value("arr", of: id, at: moment)?.number,
            days: max(first, terms.watch.lowerBound)...end,
            notice: label, reason: files.notices[id]?.reason ?? "", open: rules.map { open($0, course) },
            course: scoreCourse(course, first))
    }

    private mutating func leave(_ id: String, _ reason: String) -> WatchedAccount? {
        note(id, reason)
        return nil
    }

    private mutating func note(_ id: String, _ reason: String) {
        if let index = outside.firstIndex(where: { $0.reason == reason }) {
            outside[index].ids.append(id)
        } else {
            outside.append((reason, [id]))
        }
    }

    private func open(_ rule: AlertRule, _ course: AccountCourse) -> [ClosedRange<Day>] {
        let programme = files.programme.programme
        if let index = programme.signals.firstIndex(where: { $0.id == rule.id }) {
            return course.openSignals[index]
        }
        guard let band = programme.health.bands.firstIndex(where: { AlertRules.id(of: $0) == rule.id }) else {
            return []
        }
        return course.shownBands[band...].flatMap { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    }

    private func scoreCourse(_ course: AccountCourse, _ first: Day) -> ScoreCourse {
        let titles = files.programme.programme.health.groups.flatMap(\.components).map(\.title)
        return ScoreCourse(
            firstDay: first, scores: course.scores, coverages: course.coverages,
            unknown: zip(titles, course.unknownComponents).map { ($0, $1) })
    }
}

/// What can alert, and which of it is counted.
enum AlertRules {
    static func id(of band: HealthBand) -> String { "band:" + band.id }

    /// - Parameter chosen: ids of the rules to count; empty: signals of high or critical severity and, where none of
    ///   them asks for the score, its worst band.
    static func of(_ programme: Programme, _ content: FilesContent, chosen: [String]) throws -> [AlertRule] {
        let risks = programme.signals.filter(\.isRisk)
        let bands = programme.health.bands.filter { $0.tone != .good && $0.tone != .fair }
        let known = risks.map(\.id) + bands.map { id(of: $0) }
        if let stray = chosen.first(where: { !known.contains($0) }) {
            throw Failure(
                code: "no-such-alert", what: "Nothing alerts under the name “\(stray)”.",
                remedy: "Count some of: \(known.joined(separator: ", ")).")
        }
        let serious = risks.filter {
            ($0.severity == .critical || $0.severity == .high) && !content.cannotJudge($0, in: programme)
        }
        let worst = serious.contains { $0.when.readsHealth } ? nil : bands.last.map { id(of: $0) }
        let counted = chosen.isEmpty ? serious.map(\.id) + [worst].compactMap { $0 } : chosen
        return risks.map { AlertRule(id: $0.id, title: $0.title, isCounted: counted.contains($0.id)) }
            + bands.map {
                AlertRule(
                    id: id(of: $0), title: "Shown as \($0.title)", isCounted: counted.contains(id(of: $0)))
            }
    }
}
