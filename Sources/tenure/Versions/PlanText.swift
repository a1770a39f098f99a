import TenureCore

/// A plan for people who read it in a terminal before they publish.
struct PlanText {
    private let plan: JSONObject

    init(_ document: JSON) { plan = document.object ?? JSONObject() }

    var text: String { (heading + whatChanges + atPublishing + past + AlertText(plan).lines + examples).joined(separator: "\n") }

    private static let linesMax = 20

    private var heading: [String] {
        let from = plan["from"]?.object, to = plan["to"]?.object
        return ["PLAN  version \(number(from, "version")) -> \(number(to, "version"))", ""]
    }

    // MARK: Definitions

    private var whatChanges: [String] {
        let changes = list(plan, "changes")
        guard !changes.isEmpty else { return ["WHAT CHANGES", "  words and comments only", ""] }
        return ["WHAT CHANGES"] + changes.flatMap(change) + [""]
    }

    private func change(_ change: JSONObject) -> [String] {
        let head = "  \(text(change, "change").padded(to: 8))  \(text(change, "kind")) \(text(change, "id"))"
        let differences = list(change, "differences")
        let lines = differences.prefix(Self.linesMax).map { line in
            "            \(text(line, "path")): \(value(line["before"])) -> \(value(line["after"]))"
        }
        let more = differences.count - lines.count
        return [head] + lines + (more > 0 ? ["            … and \(more) more lines"] : [])
    }

    private func value(_ value: JSON?) -> String {
        guard let text = value?.string else { return "nothing" }
        let line = text.split(separator: "\n").joined(separator: " ")
        return line.count > 60 ? line.prefix(57) + "…" : line
    }

    // MARK: Now

    private var atPublishing: [String] {
        let now = plan["at_publishing"]?.object
        let plays = now?["plays"]?.object
        var lines = ["WHEN IT IS PUBLISHED  (\(number(now, "accounts")) accounts)"]
        lines.append("  accounts that change      \(number(now, "accounts_changed"))")
        for signal in list(now, "signals") {
            lines.append("  signal \(text(signal, "signal")): \(number(signal, "raised")) raised, \(number(signal, "cleared")) cleared")
        }
        lines.append(
            "  plays                     \(number(plays, "started")) start, \(number(plays, "ended")) end, "
                + "\(number(plays, "go_on_under_the_new_version")) go on under the new version, "
                + "\(number(plays, "go_on_as_they_began")) as they began")
        lines.append("  messages                  \(number(now, "messages"))")
        let changed = list(now, "changed")
        for account in changed.prefix(10) { lines.append("    " + fate(account)) }
        if changed.count > 10 { lines.append("    … and \(changed.count - 10) more (--json lists all)") }
        return lines + [""]
    }

    private func fate(_ account: JSONObject) -> String {
        let name = text(account["account"]?.object, "name")
        let scores = (account["score"]?.array ?? []).map { $0.int.map { String($0) } ?? "unknown" }.joined(separator: " -> ")
        let bands = (account["band"]?.array ?? []).map { $0.string ?? "none" }
        let band = Set(bands).count > 1 ? ", \(bands.joined(separator: " -> "))" : ""
        let raised = names(account, "signals_raised", "raises"), cleared = names(account, "signals_cleared", "clears")
        return "\(name): \(scores)\(band)\(raised)\(cleared)\(names(account, "plays_started", "starts"))"
    }

    private func names(_ object: JSONObject, _ key: String, _ verb: String) -> String {
        let names = (object[key]?.array ?? []).compactMap(\.string)
        return names.isEmpty ? "" : ", \(verb) \(names.joined(separator: ", "))"
    }

    // MARK: The past

    private var past: [String] {
        let past = plan["past"]?.object
        var lines = [
            "HAD IT BEEN PUBLISHED ON \(text(past, "since").prefix(10))  (to \(text(past, "until").prefix(10)), "
                + "\(number(past, "facts")) facts lived through again)",
            "  accounts with a difference  \(number(past, "accounts_changed")) of \(number(past, "accounts"))",
            "  days with another score     \(number(past, "days_changed"))", "",
            "                                              was   would be   accounts +/-",
        ]
        for (key, title) in [("bands", "band"), ("signals", "signal"), ("plays", "play"), ("messages", "message")] {
            for count in list(past, key) { lines.append(row(title, count)) }
        }
        return lines + [""]
    }

    private func row(_ title: String, _ count: JSONObject) -> String {
        let name = "\(title) \(text(count, "id").isEmpty ? "unknown" : text(count, "id"))"
        return comparison(name, number(count, "recorded"), number(count, "replayed"))
            + "   +\(number(count, "accounts_gained")) -\(number(count, "accounts_lost"))"
    }

    private var examples: [String] {
        let examples = list(plan["past"]?.object, "examples")
        guard !examples.isEmpty else { return [] }
        return ["LOOK AT THESE"]
            + examples.map { example in
                let name = text(example["account"]?.object, "name")
                return "  \(name): \(number(example, "days_changed")) days differ, at most by \(number(example, "largest_move"))"
                    + " points\(moves(example, "signals", "signal"))\(moves(example, "plays", "play"))"
            }
    }

    private func moves(_ example: JSONObject, _ key: String, _ title: String) -> String {
        list(example, key).map { ", \(title) \(text($0, "id")) \(number($0, "recorded")) -> \(number($0, "replayed"))" }.joined()
    }

    // MARK: Reading

    private func list(_ object: JSONObject?, _ name: String) -> [JSONObject] {
        (object?[name]?.array ?? []).compactMap(\.object)
    }

    private func text(_ object: JSONObject?, _ name: String) -> String { object?[name]?.string ?? "" }
    private func number(_ object: JSONObject?, _ name: String) -> String { String(object?[name]?.int ?? 0) }
}
