import Foundation
import TenureCore

/// The part of a plan about alerts: what becomes of each, what they cost, and whom they warn.
struct AlertText {
    private let past: JSONObject?
    private let outcomes: JSONObject?

    init(_ plan: JSONObject) {
        past = plan["past"]?.object
        outcomes = past?["outcomes"]?.object
    }

    var lines: [String] {
        matches + listed("lost", "LOST: none opens within 14 days")
            + listed("gained", "GAINED: none opened within 14 days") + costs
    }

    // MARK: What becomes of each

    private static let classes = [
        ("kept", "kept: opens on the same day"), ("earlier", "earlier, by 14 days at most"), ("later", "later, by 14 days at most"),
        ("split", "split: one is several"), ("merged", "merged: several are one"), ("lost", "lost"), ("gained", "gained"),
    ]

    private var matches: [String] {
        let all = past?["alerts"]?.object
        return ["WHAT BECOMES OF THE ALERTS                    was   would be"]
            + Self.classes.map { key, title in
                comparison(title, count(all?["recorded"]?.object, key), count(all?["replayed"]?.object, key))
            } + [""]
    }

    private func count(_ side: JSONObject?, _ key: String) -> String { side?[key]?.int.map { String($0) } ?? "" }

    private func listed(_ key: String, _ title: String) -> [String] {
        let list = past?["alerts"]?.object?[key]?.object
        let items = (list?["items"]?.array ?? []).compactMap(\.object)
        guard !items.isEmpty else { return [] }
        let more = list?["more"]?.int ?? 0
        return [title] + items.map(account) + (more > 0 ? ["    … and \(more) more accounts"] : []) + [""]
    }

    private func account(_ item: JSONObject) -> String {
        let name = item["account"]?.object?["name"]?.string ?? ""
        let notice = item["notice"]?.string.map { " (notice on \($0.prefix(10)))" } ?? ""
        let alerts = (item["alerts"]?.array ?? []).compactMap(\.object).map { alert in
            "\(alert["signal"]?.string ?? "") on \(alert["opened"]?.string ?? "")"
        }
        let more = item["more"]?.int ?? 0
        return "    \(name)\(notice): \(alerts.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
    }

    // MARK: What they cost, and whom they warn

    private var costs: [String] {
        let before = outcomes?["recorded"]?.object, after = outcomes?["replayed"]?.object
        let counts = [
            ("alerts", "alerts"), ("accounts alerted", "accounts_alerted"),
            ("alerts at accounts without notice", "alerts_without_notice"),
            ("alerts followed for less than 90 days", "alerts_pending"), ("customers who gave notice", "notices"),
            ("  known 60 days before, so to be judged", "notices_judged"),
            ("  of these warned 60 days before or more", "warned_60_days_before"), ("  of these warned at all", "warned_before"),
        ]
        return ["WHAT IT COSTS, AND WHAT IT BRINGS             was   would be"]
            + counts.map { title, key in comparison(title, count(before, key), count(after, key)) }
            + share("precision: followed by a notice", "precision", before, after)
            + share("recall: warned 60 days before", "recall", before, after)
            + ["  Had it run, people would have acted otherwise: this says what would have alerted, not what would have saved.", ""]
    }

    private func share(_ title: String, _ key: String, _ before: JSONObject?, _ after: JSONObject?) -> [String] {
        [comparison(title, percent(before?[key]), percent(after?[key])) + change(outcomes?[key + "_change"]?.object)]
    }

    private func percent(_ share: JSON?) -> String {
        share?.object?["percent"]?.number.map { String(format: "%.1f %%", $0) } ?? "unknown"
    }

    /// `+8.5 points [+4.4, +13.4]`
    private func change(_ change: JSONObject?) -> String {
        guard let change, let points = change["points"]?.number else { return "" }
        let moved = "   \(String(format: "%+.1f", points)) points"
        guard let low = change["low"]?.number, let high = change["high"]?.number else { return moved + " [too few to tell]" }
        return moved + String(format: " [%+.1f, %+.1f]", low, high)
    }
}

/// A line of the table that a plan's past is: what was, and what would be.
func comparison(_ title: String, _ was: String, _ next: String) -> String {
    "  \(title.padded(to: 40)) \(was.padded(to: 6, atStart: true)) \(next.padded(to: 10, atStart: true))"
}

extension String {
    /// With blanks at its end, or in front of it, up to a width.
    func padded(to width: Int, atStart: Bool = false) -> String {
        let gap = String(repeating: " ", count: max(0, width - count))
        return atStart ? gap + self : self + gap
    }
}
