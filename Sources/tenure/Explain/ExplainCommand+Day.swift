import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureWeb

extension ExplainCommand {
    func day(_ text: String, of account: AccountState, in workspace: Workspace) async throws -> String {
        let shown = try await shown(text, of: account, in: workspace)
        let again = recompute ? try await shown.recomputed(in: workspace) : nil
        guard options.json else { return ([DayText.text(shown)] + (again.map { [DayText.text($0)] } ?? [])).joined(separator: "\n\n") }
        var document = shown.document
        document["account"] = .string(subject)
        document["recomputed"] = again?.document(shown.past) ?? .null
        return JSON.object(document).text
    }

    private func shown(_ text: String, of account: AccountState, in workspace: Workspace) async throws -> ShownDay {
        do {
            return try await ShownDay(text, of: account, in: workspace)
        } catch let none as NoSuchDay {
            throw Failure(code: none.codeText, what: none.words, remedy: "Days are written as 2026-03-09, and end at the account's midnight.")
        } catch PublishRefusal.unreadable(let mistakes) {
            throw Failure(
                code: "version-unreadable", what: "The version of the programme of that day cannot be read any more.\n\(mistakes)",
                remedy: "The version of Tenure that ran then reads it.")
        }
    }
}

/// A past day as lines of text.
enum DayText {
    static func text(_ shown: ShownDay) -> String {
        let past = shown.past
        let score = past.reading.score.map { String($0) } ?? "unknown"
        var lines = [
            "\(past.close.day.text): score \(score) (\(past.band?.title ?? "unknown")), \(past.coverage) % of the model known, version \(shown.version.number)"
        ]
        if past.isImported { lines.append("  reconstructed from imported history: nobody was shown it on that day") }
        lines += past.explanation.lines.filter { $0.kind != .rounding }.map { "  " + Wording.text($0) }
        lines += section("Open signals", past.openSignals.map { "\($0.signal.id) since \($0.state.openSince?.text ?? "")" })
        lines += section("Running plays", past.runningPlays.map { "\($0.play), number \($0.number), since \($0.started.text)" })
        lines += section("Open tasks", shown.taskLines)
        lines += section("Metrics", (past.metrics ?? []).map(metric))
        if past.metrics == nil { lines.append("Metrics were not kept on that day.") }
        lines.append("\(past.messages.count) messages had been queued.")
        return lines.joined(separator: "\n")
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : [title] + lines.map { "  " + $0 }
    }

    private static func metric(_ metric: DayMetric) -> String {
        let value = metric.value.value.map { Wording.number($0) } ?? "unknown (\(metric.value.unknown?.words ?? "no data"))"
        return padding(metric.name, 34) + " \(value), n = \(metric.value.sample)"
    }

    static func text(_ again: Recomputation) -> String {
        let same = again.lines.count { $0.verdict == .same }
        let head = "Folded anew: \(same) numbers the same, \(again.revised.count) revised; \(again.changes.count) facts came or went since"
        return ([head] + again.revised.flatMap(lines)).joined(separator: "\n")
    }

    private static func lines(_ line: Recomputation.Line) -> [String] {
        switch line.verdict {
        case .revised(let changes):
            let named = changes.prefix(5).map { "    \($0.fact.type) \($0.fact.id), occurred \($0.fact.occurred.text), \($0.way.rawValue) \($0.told.text)" }
            let rest = changes.count - named.count
            return ["  \(line.id): revised by"] + named + (rest > 0 ? ["    and \(rest) more"] : [])
        case .spoke(let sources): return ["  \(line.id): told since by a source that was silent: \(sources.joined(separator: ", "))"]
        case .unexplained: return ["  \(line.id): differs, and no reason is found. This is an error of ours; please report it."]
        case .same, .notKept: return []
        }
    }
}
