import TenureCore
import TenureEngine
import TenureProgramme

extension TimelineWording {
    func text(_ decision: SignalDecision) -> Text {
        let signal = programme.signals.first { $0.signal.id == decision.signal }?.signal
        let title = signal?.title ?? decision.signal
        return switch decision {
        case .holding(_, nil): ("No longer in sight: \(title)", "")
        case .holding: ("In sight: \(title)", "it must last before it is raised")
        case .held(_, nil): ("Decidable again: \(title)", "")
        case .held: ("Held: \(title)", "it cannot be decided without data")
        case .raised: ("Raised: \(title)", signal?.description ?? "")
        case .cleared: ("Cleared: \(title)", "")
        case .withheld: ("Seen in imported history: \(title)", "nothing was started")
        case .acknowledged, .snoozed, .markedFalse, .confirmed, .takenBack: said(decision, title)
        }
    }

    /// What people said of it.
    private func said(_ decision: SignalDecision, _ title: String) -> Text {
        switch decision {
        case .acknowledged(_, let by, let until): ("Acknowledged: \(title)", "by \(by)" + (until.map(untilText) ?? ""))
        case .snoozed(_, let by, let until): ("Snoozed: \(title)", "by \(by)" + untilText(until))
        case .markedFalse(_, let by, let reason, let until):
            ("False alarm: \(title)", "by \(by)" + (until.map(untilText) ?? "") + because(reason))
        case .confirmed(_, let by, let reason): ("It was right: \(title)", "by \(by)" + because(reason))
        case .takenBack(_, let by, let treatment): ("Taken back: \(treatment.words) of \(title)", "by \(by)")
        case .holding, .held, .raised, .cleared, .withheld: (title, "")
        }
    }

    private func untilText(_ instant: Instant) -> String { " until \(time(instant))" }
    private func because(_ reason: String) -> String { reason.isEmpty ? "" : ": \(reason)" }
}

extension SignalTreatment {
    fileprivate var words: String {
        switch self {
        case .acknowledgement: "the acknowledgement"
        case .snooze: "the snooze"
        case .falseAlarm: "the false alarm"
        case .confirmation: "the confirmation"
        }
    }
}
