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
    let pages: PageLinks?
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
        shell: Shell, _ visitor: Visitor, _ query: SignalQuery, _ part: ListPart<ListedSignal>, _ precisions: [[SignalPrecision]]
    ) {
        let workspace = visitor.workspace
        let programme = workspace.programme.programme
        let back = query.link(Links.signals)
        self.shell = shell
        formToken = visitor.session.formToken
        count = Wording.count(part.total)
        states = SignalQuery.State.allCases.map { Choice($0.rawValue, $0.words, query.state == $0) }
        signals = programme.signals.map { Choice($0.id, $0.title, query.signal == $0.id) }
        severities = Signal.Severity.allCases.map { Choice($0.rawValue, Wording.title($0.rawValue), query.severity == $0) }
        owner = query.owner ?? ""
        rows = part.items.map { Row($0, workspace, back: back) }
        isEmpty = part.total == 0
        isFiltered = back != Links.signals
        home = Links.signals
        pages = PageLinks(part, "signal", "signals") { cursor in
            cursor.map { back + (back.contains("?") ? "&" : "?") + "cursor=" + PercentCoding.encode($0) } ?? back
        }
        self.precisions = precisions.compactMap { PrecisionRow($0) }
        hasPrecisions = !self.precisions.isEmpty
        countMin = "\(SignalPrecision.countMin)"
    }

    /// Each has the forms with which people say what they think of it.
    static let rowsMax = 30
}

extension SignalListPage.Choice {
    fileprivate init(_ id: String, _ title: String, _ isCurrent: Bool) {
        self.init(id: id, title: title, isCurrent: isCurrent)
    }
}

extension SignalListPage.Row {
    fileprivate init(_ item: ListedSignal, _ workspace: Workspace, back: String) {
        let (id, report) = (item.row.id.text, item.row.report)
        let zone = item.row.zone
        title = item.signal.title
        severity = item.signal.severity.rawValue
        link = Links.signal(id, item.signal.id)
        account = report.givenName ?? id
        accountLink = Links.account(id)
        owner = report.owner ?? "nobody"
        since = item.known.since.map { Wording.instant($0, zone) } ?? "closed"
        why = item.row.later.sentence(of: item.signal.id) { Self.why(item, workspace) }
        controls = SignalControls(item.signal, item.state, account: id, at: workspace.now, zone, back: back)
    }

    private static func why(_ item: ListedSignal, _ workspace: Workspace) -> String {
        guard let snapshot = workspace.snapshot(of: item.row.id),
            let plan = snapshot.programme.signals.first(where: { isSame($0.signal.id, item.signal.id) })
        else { return "" }
        return SignalReason(ConditionExplanation(plan.when, snapshot), item.row.id.text, snapshot).sentence
    }
}

extension SignalListPage.PrecisionRow {
    /// nil: no episode of it ended.
    fileprivate init?(_ windows: [SignalPrecision]) {
        guard let signal = windows.first?.signal, windows.contains(where: { $0.ended > 0 }) else { return nil }
        title = signal.title
        self.windows = zip(SignalHistory.windows, windows).map { days, precision in
            .init(
                days: "\(days) days", precision: precision.judged.words,
                counts: "\(Wording.count(precision.ended)) ended: \(Wording.count(precision.right)) right, "
                    + "\(Wording.count(precision.falseAlarms)) false, \(Wording.count(precision.unjudged)) judged by nobody",
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
