import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A verdict as one page without scripts, for people who would rather look than read.
struct VerdictPage {
    private let run: VerdictRun

    init(_ run: VerdictRun) { self.run = run }

    var text: String {
        guard let verdict = run.verdict else { return "" }
        let programme = run.files.programme.programme
        let watch = run.terms.watch
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Verdict: \(escaped(programme.title))</title><style>\(Self.style)</style></head><body><main>
            <h1>\(escaped(programme.title)) on \(watch.lowerBound.text) to \(watch.upperBound.text)</h1>
            \(headline(verdict))
            \(gaps)
            <h2>Alerts that opened, week by week</h2>
            \(weeks(verdict))
            <h2>What each rule contributes</h2>
            \(rules(verdict))
            <h2>Not flagged in time</h2>
            \(unflagged(verdict))
            <h2>What this cannot know</h2>
            <p>\(escaped(VerdictText.limits.dropFirst().map { $0.trimmingPrefix("  ") }.joined(separator: " ")))</p>
            <footer>\(escaped(run.identity))</footer>
            </main></body></html>

            """
    }

    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;color:#1f2937;background:#fff;margin:0}main{max-width:60rem;margin:2rem auto;padding:0 1rem}
        .tiles{display:flex;flex-wrap:wrap;gap:1rem}.tile{flex:1 1 12rem;border:1px solid #d1d5db;border-radius:.5rem;padding:1rem}
        .tile b{display:block;font-size:1.8rem}.tile span{color:#4b5563}table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e5e7eb}td.n,th.n{text-align:right}
        svg{display:block;max-width:100%}footer{color:#6b7280;margin:2rem 0;font-size:.85rem}li{margin:.3rem 0}
        """
}

// MARK: - Parts

extension VerdictPage {
    private func headline(_ verdict: Verdict) -> String {
        let (tally, load, terms) = (verdict.tally, verdict.load, verdict.terms)
        let tiles = [
            (
                VerdictWords.share(tally.flagged),
                "lost accounts flagged \(terms.lead) days before their notice or earlier; by chance \(VerdictWords.decimal(verdict.random.flagged))"
            ),
            (
                "\(VerdictWords.decimal(load.perWeek)) a week",
                "\(load.alerts) alerts; on the list on an average day \(VerdictWords.decimal(load.standingMean)) of \(VerdictWords.decimal(load.accountsMean)) accounts"
            ),
            (
                VerdictWords.share(tally.precision),
                "alerts that a notice followed within \(terms.horizon) days; a random account and day \(verdict.random.precision.map { VerdictWords.decimal(100 * $0) + " %" } ?? "unknown")"
            ),
            (
                "\(tally.losses(.missed) + tally.losses(.tooLate))",
                "missed, or flagged less than \(terms.tooLate) days before; \(tally.losses(.late)) flagged late"
            ),
        ]
        let cells = tiles.map {
            "<div class=\"tile\"><b>\(escaped($0.0))</b><span>\(escaped($0.1))</span></div>"
        }
        return "<div class=\"tiles\">\(cells.joined())</div>"
    }

    private var gaps: String {
        let gaps = run.gaps
        guard !gaps.isEmpty else { return "" }
        return
            "<h2>First: what the files do not say</h2><ul>\(gaps.map { "<li>\(escaped($0))</li>" }.joined())</ul>"
    }

    private func weeks(_ verdict: Verdict) -> String {
        let counts = verdict.load.byWeek
        let top = max(1, counts.max() ?? 1)
        let bars = counts.enumerated().map { week, count in
            let height = 120 * count / top
            let day = verdict.terms.watch.lowerBound + Int32(week * 7)
            return
                "<rect x=\"\(week * 12)\" y=\"\(130 - height)\" width=\"10\" height=\"\(height)\" fill=\"#2563eb\"><title>\(day.text): \(count)</title></rect>"
        }
        return
            "<svg role=\"img\" aria-label=\"Alerts by week, at most \(top)\" viewBox=\"0 0 \(max(12, counts.count * 12)) 132\" height=\"132\">\(bars.joined())</svg>"
    }

    private func rules(_ verdict: Verdict) -> String {
        let rows = verdict.shares.map { share in
            let cells = [
                share.alone.flagged, share.alone.alerts, share.alone.hits, share.changed.flagged,
                share.changed.alerts,
            ]
            return
                "<tr><td>\(escaped(share.rule.title))</td><td>\(share.rule.isCounted ? "counted" : "not counted")</td>"
                + cells.map { "<td class=\"n\">\($0)</td>" }.joined() + "</tr>"
        }
        let heads = [
            "flagged alone", "alerts alone", "right alone", "flagged without/with it",
            "alerts without/with it",
        ]
        return
            "<table><thead><tr><th>Rule</th><th></th>\(heads.map { "<th class=\"n\">\($0)</th>" }.joined())</tr></thead><tbody>\(rows.joined())</tbody></table>"
    }

    private func unflagged(_ verdict: Verdict) -> String {
        let rows = verdict.unflagged.map { lost in
            let arr = lost.account.arr.map { VerdictWords.whole($0) } ?? ""
            return
                "<tr><td>\(escaped(lost.account.name))<br><small>\(escaped(lost.account.id))</small></td><td>\(lost.notice.text)</td>"
                + "<td class=\"n\">\(arr)</td><td>\(curve(lost, verdict.terms.horizon))</td><td>\(escaped(verdict.sentence(lost)))</td></tr>"
        }
        guard !rows.isEmpty else { return "<p>None.</p>" }
        return
            "<table><thead><tr><th>Account</th><th>Notice</th><th class=\"n\">A year</th><th>Score before</th><th>Why</th></tr></thead><tbody>\(rows.joined())</tbody></table>"
    }

    /// The score of each day before the notice; broken where there was none.
    private func curve(_ lost: LostAccount, _ days: Int32) -> String {
        var path = ""
        var isDown = false
        for place in 0..<days {
            guard let score = lost.account.course.score(on: lost.notice + -(days - place)) else {
                isDown = false
                continue
            }
            path += "\(isDown ? "L" : "M")\(place) \(42 - score * 2 / 5) "
            isDown = true
        }
        return
            "<svg role=\"img\" aria-label=\"Score before the notice\" viewBox=\"0 0 \(days) 44\" width=\"\(days * 2)\" height=\"66\">"
            + "<path d=\"\(path)\" fill=\"none\" stroke=\"#dc2626\" stroke-width=\"1.5\"/></svg>"
    }

    private func escaped(_ text: some StringProtocol) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case _: out.append(character)
            }
        }
    }
}
