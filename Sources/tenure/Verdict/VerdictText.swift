import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A verdict for the terminal.
struct VerdictText {
    private let run: VerdictRun

    init(_ run: VerdictRun) { self.run = run }

    var text: String {
        var lines = [heading, ""]
        let gaps = run.gaps
        if !gaps.isEmpty { lines += ["First: what the files do not say"] + gaps.map { "  - \($0)" } + [""] }
        if let verdict = run.verdict {
            lines += found(verdict) + [""] + work(verdict) + [""] + rules(verdict) + [""] + unflagged(verdict)
            lines += Self.limits
        }
        return (lines + [run.identity]).joined(separator: "\n")
    }

    private var heading: String {
        let terms = run.terms
        let programme = run.files.programme.programme
        return
            "\(programme.title), version \(programme.version): \(run.verdict?.accounts.count ?? run.files.ids.count) accounts "
            + "watched from \(terms.watch.lowerBound.text) to \(terms.watch.upperBound.text), "
            + "\(VerdictWords.decimal(Double(terms.watchDays) / 7)) weeks"
    }

    static let limits = [
        "What this cannot know",
        "  Alerts would have been raised; whether anybody would have been kept is not said here. Had they been raised, people",
        "  would have acted, and some that look like false alarms may have been saved. Tried on the same past again and again,",
        "  any rule can be made to fit it: keep some months aside.",
        "",
    ]

    private func row(_ name: String, _ value: String) -> String { "  " + padding(name, 34) + value }
}

// MARK: - Parts

extension VerdictText {
    private func found(_ verdict: Verdict) -> [String] {
        let tally = verdict.tally
        let terms = verdict.terms
        var lines = [
            "Lost accounts: \(tally.lost.count) gave notice, \(tally.judged.count) of them watched for \(terms.lead) days before"
        ]
        lines.append(row("flagged \(terms.lead) days before or earlier", VerdictWords.share(tally.flagged)))
        lines.append(
            row(
                "  by chance, with the same work",
                VerdictWords.decimal(verdict.random.flagged) + VerdictWords.times(verdict.flaggedLift)))
        lines.append(
            row("flagged \(terms.lead - 1) to \(terms.tooLate) days before", "\(tally.losses(.late))"))
        lines.append(row("flagged too late", "\(tally.losses(.tooLate))"))
        lines.append(row("missed", "\(tally.losses(.missed))"))
        if let lead = tally.medianLead {
            lines.append(row("first alert to notice, median", "\(VerdictWords.decimal(lead)) days"))
        }
        if let arr = verdict.arrAtStake, arr.lost > 0 {
            lines.append(
                row(
                    "yearly revenue flagged in time",
                    "\(VerdictWords.whole(arr.flagged)) of \(VerdictWords.whole(arr.lost)), \(VerdictWords.percent(arr.flagged / arr.lost))"
                ))
        }
        return lines
    }

    private func work(_ verdict: Verdict) -> [String] {
        let (tally, load) = (verdict.tally, verdict.load)
        let range =
            load.perWeekRange.map {
                " [\(VerdictWords.decimal($0.lowerBound))–\(VerdictWords.decimal($0.upperBound))]"
            } ?? ""
        let owners =
            load.perOwnerWeek.map { ", \(VerdictWords.decimal($0)) for each of \(load.owners) owners" } ?? ""
        var lines = [
            "Work: \(load.alerts) alerts, \(VerdictWords.decimal(load.perWeek)) a week\(range)\(owners)"
        ]
        lines.append(
            row(
                "by week",
                Sparkline.text(load.byWeek.map { Double($0) }) + "  at most \(load.byWeek.max() ?? 0)"))
        lines.append(
            row(
                "on the list on an average day",
                "\(VerdictWords.decimal(load.standingMean)) of \(VerdictWords.decimal(load.accountsMean)) accounts"
            ))
        lines.append(
            row("followed by a notice in \(verdict.terms.horizon) days", VerdictWords.share(tally.precision)))
        if let base = verdict.random.precision {
            lines.append(
                row(
                    "  a random account and day",
                    VerdictWords.decimal(100 * base) + " %" + VerdictWords.times(verdict.precisionLift)))
        }
        lines.append(row("alerted accounts that left", VerdictWords.share(tally.accountPrecision)))
        if let share = verdict.arrPrecision {
            lines.append(row("  weighted by yearly revenue", VerdictWords.percent(share)))
        }
        lines.append(
            row(
                "too late, false, not known yet",
                "\(tally.alerts(.tooLate)), \(tally.alerts(.falseAlarm)), \(tally.alerts(.pending))"))
        if tally.alerts(.standing) > 0 {
            lines.append(
                row("stood before the watch began", "\(tally.alerts(.standing)), in none of the above"))
        }
        return lines
    }

    private func rules(_ verdict: Verdict) -> [String] {
        let lost = verdict.tally.judged.count
        var lines = [
            "What each rule contributes: lost accounts flagged in time (of \(lost)), alerts, right ones of the settled",
            "  " + padding("", 30) + padding("alone", 26) + "the counted rules without it (+: with it)",
        ]
        for share in verdict.shares where share.alone.alerts > 0 || share.rule.isCounted {
            lines.append(
                "  " + padding(clipped(share.rule.title, 28), 30) + padding(numbers(share.alone), 26)
                    + (share.rule.isCounted ? "  " : "+ ") + numbers(share.changed))
        }
        let silent = verdict.shares.filter { $0.alone.alerts == 0 && !$0.rule.isCounted }.map(\.rule.title)
        if !silent.isEmpty { lines.append("  never opened, not counted: \(silent.joined(separator: ", "))") }
        return lines
    }

    private func clipped(_ text: String, _ width: Int) -> String {
        text.count > width ? text.prefix(width - 1) + "…" : text
    }

    private func numbers(_ measure: RuleShare.Measure) -> String {
        padding("\(measure.flagged)", 4, left: true) + padding("\(measure.alerts)", 7, left: true) + "  "
            + "\(measure.hits)/\(measure.settled)"
    }

    private func unflagged(_ verdict: Verdict) -> [String] {
        let lost = verdict.unflagged
        guard !lost.isEmpty else { return [] }
        var lines = [
            "Not flagged in time, \(lost.count): the score in the \(verdict.terms.horizon) days before the notice, week by week"
        ]
        for one in lost {
            let arr = one.account.arr.map { ", \(VerdictWords.whole($0)) a year" } ?? ""
            let reason = one.account.reason.isEmpty ? "" : ", \(one.account.reason)"
            lines.append(
                "  \(one.account.name) (\(one.account.id)), notice \(one.notice.text)\(arr)\(reason)")
            let weeks = one.account.course.weekly(before: one.notice, days: verdict.terms.horizon)
            lines.append("    \(Sparkline.text(weeks, to: 100))  \(verdict.sentence(one))")
        }
        return lines + [""]
    }
}
