import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A signal's condition in one sentence, and part by part with links to the metrics.
struct SignalReason {
    let sentence: String
    let parts: [Part]

    struct Part {
        /// It must not be told by colour alone.
        let mark: String
        let result: String
        let text: String
        let values: [NumberCell]
    }

}

extension SignalReason {
    init(_ why: ConditionExplanation, _ account: String, _ snapshot: Snapshot) {
        let atoms = why.lines.filter(\.isAtom)
        let holding = atoms.filter { $0.truth == .holds }
        let told = (holding.isEmpty ? atoms : holding).flatMap { Self.values($0, account, snapshot) }
        var seen: Set<String> = []
        let sentences = told.filter { seen.insert($0.title).inserted }.map { "\($0.title) is \($0.text)" }
        sentence = sentences.isEmpty ? why.lines.first?.text ?? "" : sentences.joined(separator: ", ")
        parts = atoms.map { line in
            Part(
                mark: line.truth.mark, result: line.truth.rawValue, text: line.text,
                values: Self.values(line, account, snapshot))
        }
    }

    private static func values(
        _ line: ConditionExplanation.Line, _ account: String, _ snapshot: Snapshot
    ) -> [NumberCell] {
        line.values.map { named in
            let metric = metric(named.name, snapshot)
            return NumberCell(
                title: metric?.title ?? words(named.name), text: named.value,
                link: metric.map { Links.metric(account, $0.reference) } ?? Links.account(account))
        }
    }

    /// `m("users.active.7d")` names a metric.
    private static func metric(_ name: String, _ snapshot: Snapshot) -> (title: String, reference: String)? {
        let plan = snapshot.programme.metrics.first { name == "m(\"\($0.reference.text)\")" }
        return plan.map { ($0.metric.title + $0.reference.windowWords, $0.reference.text) }
    }

    /// `flag("churn_notice")` as `Flag churn notice`.
    private static func words(_ name: String) -> String {
        Wording.title(name.replacing("(\"", with: " ").replacing("\")", with: ""))
    }
}

extension ConditionExplanation.Truth {
    var mark: String {
        switch self {
        case .holds: "✓"
        case .fails: "✗"
        case .unknown: "?"
        }
    }
}
