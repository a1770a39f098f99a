import ArgumentParser
import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

extension VerdictRun {
    /// What has to be known before the numbers are read: what the files lack, and what was assumed instead.
    var gaps: [String] {
        [skipped, delays, hindsight.notes, missing, unjudged, late, contracts, notices, tooGood].flatMap {
            $0
        }
    }

    private var skipped: [String] {
        files.mistakes.isEmpty ? [] : ["\(files.mistakes.count) bad rows were left out."]
    }

    private var delays: [String] {
        VerdictFile.allCases.compactMap { file in
            guard let rows = files.rowCounts[file], rows > 0 else { return nil }
            let dated = files.datedCounts[file] ?? 0
            guard dated < rows else { return nil }
            return
                "\(file.rawValue).csv: \(dated) of \(rows) rows say when they were recorded; the others are taken as known \(moment(file))."
        }
    }

    private func moment(_ file: VerdictFile) -> String {
        let delay = files.delays.text
        let declared = delay.isEmpty ? "" : " plus the declared delay (\(delay))"
        return switch file {
        case .accounts, .contacts: "all along, with today's values"
        case .contracts: "from the first day of the term\(declared)"
        case .events:
            "when they happened\(declared.isEmpty ? "; if they reach you later, say so: --delay events=1d" : declared)"
        case .churn: "on the day of the notice\(declared)"
        }
    }

    private var missing: [String] {
        files.content.missing(of: files.programme.programme).map { input in
            var parts: [String] = []
            if !input.unknown.isEmpty {
                parts.append("unknown for all: \(input.unknown.joined(separator: ", "))")
            }
            if !input.none.isEmpty {
                parts.append("read as if there were none: \(input.none.joined(separator: ", "))")
            }
            if !input.signals.isEmpty {
                parts.append("asked for by: \(input.signals.joined(separator: ", "))")
            }
            return input.what.prefix(1).uppercased() + input.what.dropFirst() + " in the files. "
                + parts.joined(separator: "; ") + "."
        }
    }

    private var unjudged: [String] {
        let programme = files.programme.programme
        let titles = programme.signals.filter { $0.isRisk && files.content.cannotJudge($0, in: programme) }
            .map(\.title)
        return titles.isEmpty
            ? []
            : [
                "Without contacts these would speak of the files only, and are not counted: \(titles.joined(separator: ", "))."
            ]
    }

    private var late: [String] {
        var notes: [String] = []
        if files.lateCount > 0 {
            notes.append(
                "\(files.lateCount) events were recorded more than 35 days after they happened: no metric takes them."
            )
        }
        if duplicates > 0 { notes.append("\(duplicates) rows repeat an id and were taken once.") }
        return notes
    }

    /// Today's contracts alone make the past of those who stayed look different from that of those who left.
    private var contracts: [String] {
        guard let verdict else { return [] }
        func known(_ accounts: [WatchedAccount]) -> Double? {
            guard accounts.count >= 5 else { return nil }
            let dated = accounts.count { account in
                let moment = files.zoneRules(of: account.id).instant(day: account.days.lowerBound + 1)
                return !hindsight.leftOut.contains("term_end")
                    && files.value("term_end", of: account.id, at: moment) != nil
                    || files.told[account.id]?.contains {
                        $0.recorded.map { $0 < moment } == true && $0.arrival.data["term_end"] != nil
                    } == true
            }
            return Double(dated) / Double(accounts.count)
        }
        guard let lost = known(verdict.accounts.filter { $0.notice != nil }),
            let kept = known(verdict.accounts.filter { $0.notice == nil }), abs(lost - kept) > 0.2
        else { return [] }
        return [
            "A contract was known when the watch began of \(VerdictWords.percent(lost)) of the lost accounts and of "
                + "\(VerdictWords.percent(kept)) of the others: alerts about terms tell the two apart by the files alone."
        ]
    }

    private var notices: [String] {
        var notes = outside.map {
            "\($0.ids.count) \($0.ids.count == 1 ? "account" : "accounts") \($0.reason): \($0.ids.prefix(10).joined(separator: ", "))\($0.ids.count > 10 ? ", …" : "")."
        }
        let stray = files.noticedInEvents.subtracting(files.notices.keys).sorted { precedes($0, $1) }
        if !stray.isEmpty {
            notes.append(
                "events.csv has notices of accounts that churn.csv does not name; counted as staying: \(stray.prefix(10).joined(separator: ", "))\(stray.count > 10 ? ", …" : "")."
            )
        }
        if files.notices.isEmpty {
            notes.append("churn.csv names nobody: there is nothing to flag or to miss, only work to count.")
        }
        return notes
    }

    private var tooGood: [String] {
        guard verdict?.isTooGood == true else { return [] }
        return [
            "Every lost account was flagged and hardly an alert was wrong. Look for something that the files learnt afterwards before you believe it."
        ]
    }

    /// What ties the numbers to what they were made from.
    var identity: String {
        "programme \(hexadecimal(programmeDigest)), files \(hexadecimal(files.digest)), tenure \(Tenure.configuration.version)"
    }

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
