import TenureCore
import TenureEngine
import TenureProgramme
import TenureStore

/// All that one account's page shows.
struct AccountPage {
    let shell: Shell
    let formToken: String
    let name: String
    let externalID: String
    /// Address of what it pays.
    let revenue: String
    /// Address of the accounts above and below it.
    let family: String
    let score: String
    let badge: BandBadge
    let change: String
    let coverage: String
    let trend: String
    let definitions: [Definition]
    let advice: String?
    let again: Again?
    let facts: [FactLine]
    let chart: HealthChart
    let lines: [ScoreLine]
    let total: String
    let movement: Movement?
    let metrics: [MetricLine]
    let kpis: [KPIGroup]
    let hasKPIs: Bool
    /// Whether the programme promises anything.
    let hasSLAs: Bool
    let clocks: [ClockCard]
    let hasClocks: Bool
    let signals: [SignalCard]
    let hasSignals: Bool
    let plays: [PlayCard]
    let hasPlays: Bool
    let people: [Person]
    let hasPeople: Bool
    let notes: [NoteLine]
    let timeline: [TimelineLine]
    let older: String?
    /// Where the page hears what happens after; nil: it shows older lines.
    let live: String?
    let work: AccountWork
    /// Accounts that are parts of this one.
    let parts: [MergedLine]
    let hasParts: Bool
    /// Accounts that may be the same customer.
    let twins: [Twin]
    let hasTwins: Bool

    struct Twin {
        let name: String
        let reasons: String
        /// Where they stand side by side.
        let compare: String
    }

    struct FactLine {
        let title: String
        let value: String
        /// Where it comes from.
        let link: String?
    }

    /// What would bring a better band back.
    struct Again {
        let title: String
        let lead: String
        let ways: [Way]
        let hasWays: Bool
        let remarks: [String]
    }

    struct Way {
        let title: String
        let change: String
        let outcome: String
    }

    struct ScoreLine {
        let title: String
        let group: String
        let value: String
        let points: String
        let weight: String
        let contribution: String
        /// Where the numbers come from; nil: a sentence says it.
        let link: String?
        let why: String?
        /// 0…100, the length of the bar.
        let bar: Int
        let hasBar: Bool
    }

    struct Movement {
        let since: String
        let from: String
        let to: String
        let terms: [Term]
        /// The address with the events behind them.
        let link: String
        let total: String
        let isStill: Bool
        let causes: [CauseCard]
        /// Address of the page with the events that moved it; nil where they are shown, or nothing moved.
        let ask: String?
    }

    /// What one thing added or took away.
    struct Term {
        let title: String
        let value: String
        let link: String
        let bar: SignedBar
    }

    /// One component, and the events that moved it.
    struct CauseCard {
        let title: String
        let remark: String?
        let events: [CauseLine]
        let more: String?
    }

    struct CauseLine {
        let title: String
        let at: String
        let way: String
        let id: String
    }

    struct MetricLine {
        let title: String
        let link: String
        let meaning: String
        let value: String
        let sample: String
        let unknown: String?
    }

    /// A promise about one ticket, and what became of it.
    struct ClockCard {
        let badge: BandBadge
        let title: String
        let promise: String
        let lines: [ClockLine]
    }

    struct ClockLine {
        let at: String
        let text: String
        let code: String?
    }

    struct SignalCard {
        let title: String
        let severity: String
        let since: String
        let description: String
        let mitigation: String?
        let actions: [String]
        let parts: [ConditionLine]
        let link: String
        let controls: SignalControls
    }

    struct ConditionLine {
        let mark: String
        let result: String
        let text: String
        let values: String
    }

    struct PlayCard {
        let title: String
        let isRunning: Bool
        let state: String
        let cause: String
        let owner: String
        let steps: [StepCard]
        /// What a person may do with the whole play.
        let steering: [FormView]
        let isSteered: Bool
    }

    struct StepCard {
        let title: String
        let state: String
        let owner: String
        let due: String?
        let isOverdue: Bool
        let tasks: [TaskLine]
        /// The sign-off that waits; nil where none does.
        let signOff: FormView?
        let signedOff: String?
    }

    struct TaskLine {
        let text: String
        let doneBy: String?
        /// Ticks it off, or opens it again; nil where neither can be.
        let tick: FormView?
    }

    struct Person {
        let name: String
        let role: String
        let email: String
        let hasLeft: Bool
    }

    struct NoteLine {
        let author: String
        let at: String
        let text: String
    }

    struct TimelineLine {
        let at: String
        /// The day, as it was recorded.
        let link: String
        let title: String
        let detail: String?
    }
}
