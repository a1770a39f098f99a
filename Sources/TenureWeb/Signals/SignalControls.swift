import TenureCore
import TenureEngine
import TenureProgramme

/// What people have said of a signal, and the forms with which they say more.
struct SignalControls {
    let title: String
    /// In sentences.
    let said: [String]
    /// Address of the signal at its account: what is said goes below it.
    let link: String
    /// Where a form leads back to.
    let back: String
    let mayAcknowledge: Bool
    let maySnooze: Bool
    let mayJudge: Bool
    let mayConfirm: Bool
    let takeBacks: [TakeBack]

    struct TakeBack {
        let what: String
        let title: String
    }
}

extension SignalControls {
    init(
        _ signal: Signal, _ state: SignalState, account: String, at now: Instant, _ zone: ZoneRules, back: String
    ) {
        let isHeldFalse = state.isHeldFalse(at: now)
        title = signal.title
        link = Links.signal(account, signal.id)
        self.back = back
        said = Self.said(state, now) { Wording.instant($0, zone) }
        mayAcknowledge = state.isOpen && !state.isAcknowledged(at: now)
        maySnooze = !state.isSnoozed(at: now) && !isHeldFalse
        mayJudge = state.lastRaised != nil && !isHeldFalse
        mayConfirm = mayJudge && state.confirmedBy == nil
        takeBacks = SignalTreatment.allCases.filter { state.stands($0, at: now) }.map {
            TakeBack(what: $0.rawValue, title: $0.takingBack)
        }
    }

    private static func said(_ state: SignalState, _ now: Instant, _ text: (Instant) -> String) -> [String] {
        var said: [String] = []
        if state.isAcknowledged(at: now), let by = state.acknowledgedBy {
            said.append("Acknowledged by \(by)" + until(state.acknowledgedUntil, text) + ".")
        }
        if state.isSnoozed(at: now) {
            said.append("Snoozed" + (state.snoozedBy.map { " by \($0)" } ?? "") + until(state.snoozedUntil, text) + ".")
        }
        if let by = state.confirmedBy { said.append("\(by) says that it was right.") }
        if state.isHeldFalse(at: now), let alarm = state.falseAlarm {
            said.append("A false alarm, says \(alarm.by) on \(text(alarm.at)): \(alarm.reason)")
            said.append("It stays closed" + (alarm.until.map { until($0, text) } ?? " until its condition was false once") + ".")
        }
        return said
    }

    private static func until(_ instant: Instant?, _ text: (Instant) -> String) -> String {
        instant.map { " until " + text($0) } ?? ""
    }
}

extension SignalTreatment {
    fileprivate var takingBack: String {
        switch self {
        case .acknowledgement: "Take the acknowledgement back"
        case .snooze: "End the snooze"
        case .falseAlarm: "No false alarm: open it again"
        case .confirmation: "Take “it was right” back"
        }
    }
}
