package import TenureCore

/// A prescribed response: steps with owners, deadlines and messages. It runs on the runtime that journeys use; a play is
/// a journey that a signal enters.
package struct Play: Sendable {
    package var id: String
    package var title: String
    package var version: Int
    /// Any of these signals starts it.
    package var startsOn: [String]
    /// Must hold as well at that moment (or alone, where no signal is named); nil: nothing more.
    package var when: Condition?
    /// The role that owns the play and every step that names no other.
    package var owner: String
    /// The calendar of its business spans; nil: the account's days.
    package var calendar: String?
    package var reentry: Reentry
    package var exits: [PlayExit]
    package var steps: [Step]
    package var requirements: RequirementIDs

    package enum Reentry: Hashable, Sendable {
        case never, afterExit
        /// So long after it last started.
        case after(Span)
    }

    package init(id: String, title: String, owner: String) {
        self.id = id
        self.title = title
        version = 1
        startsOn = []
        when = nil
        self.owner = owner
        calendar = nil
        reentry = .afterExit
        exits = []
        steps = []
        requirements = []
    }
}

/// While the play runs: the condition that ends it at once, cancelling tasks and messages not yet sent.
package struct PlayExit: Sendable {
    package var when: Condition
    /// How the play ended: `recovered`, `churned`.
    package var outcome: String

    package init(when: Condition, outcome: String) {
        self.when = when
        self.outcome = outcome
    }
}

/// One thing to do, by a person, by the product or both.
package struct Step: Sendable {
    package var id: String
    package var title: String
    /// nil: the play's owner.
    package var owner: String?
    /// Steps that must be done (or skipped) first.
    package var after: [String]
    /// The branch: a step whose condition is false when it could start is skipped; unknown waits.
    package var when: Condition?
    package var window: StepWindow
    /// What a person ticks off, in order.
    package var tasks: [String]
    package var actions: [StepAction]
    /// Completion by telemetry.
    package var doneWhen: Condition?
    /// Completion by a person's word; the role that may give it.
    package var signOff: String?
    /// What to do once the step is overdue, each so long after the due instant.
    package var overdue: [Escalation]
    /// The step comes back at this rhythm until the play ends or `repeatCount` is reached.
    package var repeatEvery: Span?
    package var repeatCount: Int?
    package var isRequired: Bool
    package var requirements: RequirementIDs

    package init(id: String, title: String) {
        self.id = id
        self.title = title
        owner = nil
        after = []
        when = nil
        window = StepWindow(anchor: .start, opensAfter: nil, dueAfter: nil)
        tasks = []
        actions = []
        doneWhen = nil
        signOff = nil
        overdue = []
        repeatEvery = nil
        repeatCount = nil
        isRequired = true
        requirements = []
    }
}

/// When a step opens and is due, measured from an anchor. An anchor that is not set leaves the due instant unknown.
package struct StepWindow: Hashable, Sendable {
    package enum Anchor: Hashable, Sendable {
        /// The start of the play; moves with pauses.
        case start
        /// The moment the step became ready.
        case ready
        /// The completion of another step.
        case step(String)
        /// A date of the account (`term_end`, `notice_by`): fixed, ignores pauses.
        case account(String)
    }

    package var anchor: Anchor
    package var opensAfter: Span?
    package var dueAfter: Span?

    package init(anchor: Anchor, opensAfter: Span?, dueAfter: Span?) {
        self.anchor = anchor
        self.opensAfter = opensAfter
        self.dueAfter = dueAfter
    }
}

/// What the product does itself when a step starts.
package enum StepAction: Hashable, Sendable {
    case mail(template: String, to: [Recipient])
    case chat(template: String, to: Recipient)
}

package enum Recipient: Hashable, Sendable {
    /// Somebody of the vendor's team, by role.
    case role(String)
    /// The account's contact with that role (`sponsor`, `admin`, `champion`).
    case contact(String)
    /// A chat channel that the workspace names.
    case channel(String)
}

package struct Escalation: Hashable, Sendable {
    package var after: Span
    package var template: String
    package var to: Recipient

    package init(after: Span, template: String, to: Recipient) {
        self.after = after
        self.template = template
        self.to = to
    }
}
