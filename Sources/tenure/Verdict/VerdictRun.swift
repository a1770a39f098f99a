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

extension VerdictCommand {
    /// Throws when an alert was chosen that there is none of.
    func rules(of programme: Programme, _ content: FilesContent) throws -> [AlertRule] {
        let rules = AlertRules.of(programme, chosen: alert) { !content.cannotJudge($0, in: programme) }
        if let stray = alert.first(where: { name in !rules.contains { $0.id == name } }) {
            throw Failure(
                code: "no-such-alert", what: "Nothing alerts under the name “\(stray)”.",
                remedy: "Count some of: \(rules.map(\.id).joined(separator: ", ")).")
        }
        return rules
    }
}
