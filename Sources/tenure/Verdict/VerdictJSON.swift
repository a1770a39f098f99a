import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A verdict for programs. `format` changes when a member changes its meaning or leaves.
struct VerdictJSON {
    static let format: Int64 = 1
    private let run: VerdictRun

    init(_ run: VerdictRun) { self.run = run }

    var document: JSON {
        var members: [JSONObject.Member] = [
            .init("format", .int(Self.format)), .init("run", .string(run.identity)), .init("terms", terms),
            .init("gaps", .array(run.gaps.map { .string($0) })),
        ]
        if let verdict = run.verdict {
            members += [
                .init("lost", lost(verdict)), .init("work", work(verdict)),
                .init("rules", .array(verdict.shares.map { rule($0) })),
                .init("alerts", .array(alerts(verdict))),
                .init(
                    "outside",
                    .array(
                        run.outside.map {
                            ["reason": .string($0.reason), "accounts": .array($0.ids.map { .string($0) })]
                        })),
            ]
        }
        return .object(JSONObject(members))
    }

    private var terms: JSON {
        let terms = run.terms
        return [
            "programme": .string(run.files.programme.programme.id),
            "version": .int(Int64(run.files.programme.programme.version)),
            "from": .string(terms.watch.lowerBound.text), "to": .string(terms.watch.upperBound.text),
            "horizon_days": .int(Int64(terms.horizon)), "lead_days": .int(Int64(terms.lead)),
            "too_late_days": .int(Int64(terms.tooLate)), "cool_down_days": .int(Int64(terms.coolDown)),
            "delays": .string(run.files.delays.text),
            "counted": .array(run.rules.filter(\.isCounted).map { .string($0.id) }),
        ]
    }

    private func number(_ value: Double?) -> JSON { value.map { .double($0) } ?? .null }
    private func count(_ value: Int) -> JSON { .int(Int64(value)) }

    private func estimate(_ estimate: Estimate) -> JSON {
        [
            "part": count(estimate.part), "whole": count(estimate.whole), "share": number(estimate.value),
            "low": .double(estimate.low), "high": .double(estimate.high),
        ]
    }
}

// MARK: - Parts

extension VerdictJSON {
    private func lost(_ verdict: Verdict) -> JSON {
        let tally = verdict.tally
        return [
            "notices": count(tally.lost.count), "judged": count(tally.judged.count),
            "flagged": estimate(tally.flagged),
            "flagged_by_chance": .double(verdict.random.flagged), "flagged_lift": number(verdict.flaggedLift),
            "late": count(tally.losses(.late)), "too_late": count(tally.losses(.tooLate)),
            "missed": count(tally.losses(.missed)),
            "not_judged": count(tally.losses(.notJudged)), "recall": estimate(tally.recall(verdict.accounts)),
            "median_lead_days": number(tally.medianLead), "arr_flagged": number(verdict.arrAtStake?.flagged),
            "arr_judged": number(verdict.arrAtStake?.lost),
            "accounts": .array(tally.lost.map { account($0, verdict) }),
        ]
    }

    private func account(_ lost: LostAccount, _ verdict: Verdict) -> JSON {
        [
            "account": .string(lost.account.id), "name": .string(lost.account.name),
            "notice": .string(lost.notice.text),
            "reason": .string(lost.account.reason), "arr": number(lost.account.arr),
            "outcome": .string(lost.outcome.rawValue), "lead_days": lost.leadDays.map { count($0) } ?? .null,
            "opened": lost.flaggedBy.map { .string($0.opened.text) } ?? .null,
            "why": lost.outcome == .inTime || lost.outcome == .notJudged
                ? .null : .string(verdict.sentence(lost)),
        ]
    }

    private func work(_ verdict: Verdict) -> JSON {
        let (tally, load) = (verdict.tally, verdict.load)
        return [
            "accounts": count(verdict.accounts.count), "alerts": count(load.alerts),
            "weeks": .double(load.weeks),
            "per_week": .double(load.perWeek), "per_week_low": number(load.perWeekRange?.lowerBound),
            "per_week_high": number(load.perWeekRange?.upperBound), "owners": count(load.owners),
            "per_owner_week": number(load.perOwnerWeek), "by_week": .array(load.byWeek.map { count($0) }),
            "standing_mean": .double(load.standingMean), "accounts_mean": .double(load.accountsMean),
            "precision": estimate(tally.precision), "account_precision": estimate(tally.accountPrecision),
            "arr_precision": number(verdict.arrPrecision), "base_rate": number(verdict.random.precision),
            "precision_lift": number(verdict.precisionLift), "hits": count(tally.alerts(.hit)),
            "too_late": count(tally.alerts(.tooLate)), "false_alarms": count(tally.alerts(.falseAlarm)),
            "pending": count(tally.alerts(.pending)), "standing": count(tally.alerts(.standing)),
        ]
    }

    private func rule(_ share: RuleShare) -> JSON {
        [
            "rule": .string(share.rule.id), "title": .string(share.rule.title),
            "counted": .bool(share.rule.isCounted),
            "alone": measure(share.alone), share.rule.isCounted ? "without" : "with": measure(share.changed),
        ]
    }

    private func measure(_ measure: RuleShare.Measure) -> JSON {
        [
            "flagged": count(measure.flagged), "alerts": count(measure.alerts), "hits": count(measure.hits),
            "settled": count(measure.settled),
        ]
    }

    private func alerts(_ verdict: Verdict) -> [JSON] {
        zip(verdict.accounts, verdict.tally.episodes).flatMap { account, episodes in
            episodes.map { episode in
                [
                    "account": .string(account.id), "opened": .string(episode.opened.text),
                    "until": .string(episode.days.upperBound.text), "fate": .string(episode.fate.rawValue),
                    "rules": .array(episode.rules.map { .string(verdict.rules[$0].id) }),
                ]
            }
        }
    }
}
