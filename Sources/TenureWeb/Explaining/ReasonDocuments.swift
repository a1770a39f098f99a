package import TenureCore
package import TenureEngine
package import TenureInsight
import TenureProgramme

// Why a signal or a play started, or did not, as it looks to programs.

extension ConditionExplanation {
    package var document: JSON {
        [
            "holds": .string(truth.rawValue), "parts": .array(lines.filter(\.isAtom).map(\.document)),
            "missing": .array(missing.map(\.document)),
        ]
    }
}

extension ConditionExplanation.Line {
    fileprivate var document: JSON {
        [
            "text": .string(text), "result": .string(truth.rawValue), "values": .array(values.map(\.document)),
        ]
    }
}

extension ConditionExplanation.Named {
    fileprivate var document: JSON {
        ["name": .string(name), "value": .string(value), "number": number.map { .double($0) } ?? .null]
    }
}

extension SignalExplanation {
    package var document: JSON {
        let (reason, since, until) = standing.told
        return [
            "id": .string(id), "title": .string(title), "open": .bool(reason == "open"), "reason": .string(reason),
            "since": JSON(since?.text), "until": JSON(until?.text), "condition": condition.document,
        ]
    }
}

extension SignalExplanation.Standing {
    fileprivate var told: (reason: String, since: Instant?, until: Instant?) {
        switch self {
        case .open(let since): ("open", since, nil)
        case .waitingForDwell(let until): ("waiting-for-dwell", nil, until)
        case .coolingDown(let until): ("cooling-down", nil, until)
        case .snoozed(let until): ("snoozed", nil, until)
        case .falseAlarm(let until): ("false-alarm", nil, until)
        case .held(let since): ("held", since, nil)
        case .withheld: ("withheld", nil, nil)
        case .conditionFails: ("condition-fails", nil, nil)
        case .due: ("due", nil, nil)
        }
    }
}

extension PlayExplanation {
    package var document: JSON {
        let (reason, until) = standing.told
        var object: JSONObject = [
            "id": .string(id), "title": .string(title), "running": .bool(reason == "running"),
            "reason": .string(reason), "until": JSON(until?.text),
            "signals": .array(signals.map(\.document)), "condition": condition?.document ?? .null,
        ]
        if case .running(let number, let cause) = standing {
            object["number"] = .int(Int64(number))
            object["cause"] = .string(cause)
        }
        return .object(object)
    }
}

extension PlayExplanation.Standing {
    fileprivate var told: (reason: String, until: Instant?) {
        switch self {
        case .running: ("running", nil)
        case .notLive: ("not-live", nil)
        case .neverAgain: ("never-again", nil)
        case .waitingForReentry(let until): ("waiting-for-re-entry", until)
        case .noSignal: ("no-open-signal", nil)
        case .alreadyAnswered: ("already-answered", nil)
        case .snoozed(let until): ("snoozed", until)
        case .conditionMissing: ("condition-fails", nil)
        case .byHandOnly: ("by-hand-only", nil)
        case .due: ("due", nil)
        }
    }
}

extension Snapshot {
    /// Every signal of the programme, open or not.
    package var signalReasons: JSON {
        .array(programme.signals.compactMap { explain(signal: $0.signal.id)?.document })
    }

    /// Every play of the programme, running or not.
    package var playReasons: JSON {
        .array(programme.plays.compactMap { explain(play: $0.play.id)?.document })
    }
}
