import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Signals of all accounts, most urgent first, and how often each was right.
struct SignalListPage {
    let shell: Shell
    let formToken: String
    let count: String
    let states: [Choice]
    let signals: [Choice]
    let severities: [Choice]
    let owner: String
    let rows: [Row]
    let isEmpty: Bool
    let isFiltered: Bool
    let home: String
    let next: String?
    let precisions: [PrecisionRow]
    let hasPrecisions: Bool
    let countMin: String

    struct Choice {
        let id: String
        let title: String
        let isCurrent: Bool
    }

    struct Row {
        let title: String
        let severity: String
        let link: String
        let account: String
        let accountLink: String
        let owner: String
        let since: String
        let why: String
        let controls: SignalControls
    }

    struct PrecisionRow {
        let title: String
        /// Of the last 90 and of the last 365 days.
        let windows: [Window]
    }

    struct Window {
        let days: String
        let precision: String
        let counts: String
        let followed: String
        /// The episodes that ended.
        let link: String
    }
}

extension SignalListPage {
    init(
        shell: Shell, _ visitor: Visitor, _ query: SignalQuery, _ found: [ListedSignal], from start: Int,
        _ history: SignalHistory
    ) {
        let workspace = visitor.workspace
        let programme = workspace.programme.programme
        let shown = found.dropFirst(start).prefix(WebLimits.pageItemsDefault)
        let back = query.link(Links.signals)
        self.shell = shell
        formToken = visitor.session.formToken
        count = Wording.number(Double(found.count), places: 0)
        states = SignalQuery.State.allCases.map { Choice($0.rawValue, $0.words, query.state == $0) }
        signals = programme.signals.map { Choice($0.id, $0.title, query.signal == $0.id) }
        severities = Signal.Severity.allCases.map { Choice($0.rawValue, Wording.title($0.rawValue), query.severity == $0) }
        owner = query.owner ?? ""
        rows = shown.map { Row($0, workspace.snapshot($0.account), back: back) }
        isEmpty = found.isEmpty
        isFiltered = back != Links.signals
        home = Links.signals
        let end = start + shown.count
        next = end < found.count ? back + (back.contains("?") ? "&" : "?") + "from=\(end)" : nil
        precisions = programme.signals.compactMap { PrecisionRow($0, history) }
        hasPrecisions = !precisions.isEmpty
        countMin = "\(SignalPrecision.countMin)"
    }
}

extension SignalListPage.Choice {
    fileprivate init(_ id: String, _ title: String, _ isCurrent: Bool) {
        self.init(id: id, title: title, isCurrent: isCurrent)
    }
}

extension SignalListPage.Row {
    fileprivate init(_ item: ListedSignal, _ snapshot: Snapshot, back: String) {
        let id = item.account.id.text
        let plan = snapshot.programme.signals.first { isSame($0.signal.id, item.signal.id) }
        title = item.signal.title
        severity = item.signal.severity.rawValue
        link = Links.signal(id, item.signal.id)
        account = item.account.observations.profile["name"]?.string ?? id
        accountLink = Links.account(id)
        owner = item.owner ?? "nobody"
        since = item.since.map { Wording.instant($0, snapshot.zone) } ?? "closed"
        why = plan.map { SignalReason(ConditionExplanation($0.when, snapshot), id, snapshot).sentence } ?? ""
        controls = SignalControls(
            item.signal, item.state, account: id, at: snapshot.now, snapshot.zone, back: back)
    }
}

extension SignalListPage.PrecisionRow {
    /// nil: no episode of it ended.
    fileprivate init?(_ signal: Signal, _ history: SignalHistory) {
        let found = SignalHistory.windows.map { (days: $0, precision: history.precision(signal, days: $0)) }
        guard found.contains(where: { $0.precision.ended > 0 }) else { return nil }
        title = signal.title
        windows = found.map { days, precision in
            .init(
                days: "\(days) days", precision: precision.judged.words,
                counts: "\(precision.ended) ended: \(precision.right) right, \(precision.falseAlarms) false, "
                    + "\(precision.unjudged) judged by nobody",
                followed: precision.followed.map { "\($0.words) followed by a notice" } ?? "",
                link: Links.signalEpisodes(signal.id, days: days))
        }
    }
}

extension Estimate {
    /// `62 % (41 to 79 %)`; `unknown` of too few.
    fileprivate var words: String {
        guard let value = value(ofAtLeast: SignalPrecision.countMin) else { return "unknown" }
        let percent = { (share: Double) in Wording.number(share * 100, places: 0) }
        return "\(percent(value)) % (\(percent(low)) to \(percent(high)) %)"
    }
}

extension SignalQuery.State {
    fileprivate var words: String {
        switch self {
        case .open: "Open"
        case .new: "Open, seen by nobody"
        case .acknowledged: "Acknowledged"
        case .snoozed: "Snoozed"
        case .falseAlarm: "Marked false"
        case .withheld: "Seen in imported history"
        }
    }
}
