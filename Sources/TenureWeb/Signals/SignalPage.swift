import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// One signal at one account: why, what people said of it, what it started, and how it went before.
struct SignalPage {
    let shell: Shell
    let formToken: String
    let title: String
    let severity: String
    let account: String
    let accountLink: String
    let standing: String
    let description: String?
    let mitigation: String?
    let actions: [String]
    let hasActions: Bool
    let why: SignalReason
    let controls: SignalControls
    let plays: [PlayLine]
    let hasPlays: Bool
    let episodes: [EpisodeLine]
    let hasEpisodes: Bool

    struct PlayLine {
        let title: String
        let state: String
        let link: String
    }

    struct EpisodeLine {
        let account: String
        /// The day on which it was raised.
        let link: String
        let raised: String
        let ended: String
        let judgement: String
    }
}

extension SignalPage {
    init(shell: Shell, formToken: String, _ plan: SignalPlan, _ snapshot: Snapshot, _ episodes: [SignalEpisode]) {
        let (signal, id, zone) = (plan.signal, snapshot.account.text, snapshot.zone)
        let state = snapshot.conclusions.signal(signal.id) ?? SignalState(signal: signal.id)
        self.shell = shell
        self.formToken = formToken
        title = signal.title
        severity = signal.severity.rawValue
        account = snapshot.observations.profile["name"]?.string ?? id
        accountLink = Links.account(id)
        standing = snapshot.explain(signal: signal.id).map { $0.standing.words { Wording.instant($0, zone) } } ?? ""
        description = signal.description.isEmpty ? nil : signal.description
        mitigation = signal.mitigation.isEmpty ? nil : signal.mitigation
        actions = signal.actions
        hasActions = !actions.isEmpty
        why = SignalReason(ConditionExplanation(plan.when, snapshot), id, snapshot)
        controls = SignalControls(signal, state, account: id, at: snapshot.now, zone, back: Links.signal(id, signal.id))
        plays = Self.plays(signal, snapshot)
        hasPlays = !plays.isEmpty
        let name = account
        self.episodes = episodes.reversed().map { EpisodeLine($0, name, zone) }
        hasEpisodes = !episodes.isEmpty
    }

    /// Newest first.
    private static func plays(_ signal: Signal, _ snapshot: Snapshot) -> [PlayLine] {
        snapshot.conclusions.plays.reversed().filter { isSame($0.cause, "signal:" + signal.id) }.map { play in
            let started = Wording.instant(play.started, snapshot.zone)
            let ended = play.ended.map { "ended \(Wording.instant($0.at, snapshot.zone)): \($0.outcome)" }
            return PlayLine(
                title: snapshot.programme.playPlan(of: play)?.play.title ?? play.play,
                state: "started \(started), " + (ended ?? (play.paused == nil ? "runs" : "paused")),
                link: Links.account(snapshot.account.text) + "#plays")
        }
    }
}

extension SignalPage.EpisodeLine {
    init(_ episode: SignalEpisode, _ account: String, _ zone: ZoneRules) {
        self.account = account
        link = Links.day(episode.account.text, zone.day(at: episode.raised))
        raised = Wording.instant(episode.raised, zone)
        ended = episode.ended.map { Wording.instant($0, zone) } ?? "open"
        let by = episode.reason.isEmpty ? " (\(episode.judgedBy))" : " (\(episode.judgedBy): \(episode.reason))"
        judgement =
            switch episode.judgement {
            case nil: "nobody has said"
            case .right?: "right" + by
            case .falseAlarm?: "false alarm" + by
            }
    }
}

extension SignalExplanation.Standing {
    fileprivate func words(_ text: (Instant) -> String) -> String {
        switch self {
        case .open(let since): "Open since \(text(since))."
        case .waitingForDwell(let until): "Closed: its condition must hold until \(text(until))."
        case .coolingDown(let until): "Closed: it cools down until \(text(until))."
        case .snoozed(let until): "Closed: snoozed until \(text(until))."
        case .falseAlarm: "Closed: a false alarm."
        case .held(let since): "Held: it cannot be decided" + (since.map { " since \(text($0))" } ?? "") + "."
        case .withheld: "Closed: it holds, but was seen in imported history only."
        case .conditionFails: "Closed: its condition does not hold."
        case .due: "It holds, and is raised by the account's next turn."
        }
    }
}
