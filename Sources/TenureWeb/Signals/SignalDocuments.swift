import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Signals of all accounts, and how often each was right.
enum SignalDocuments {
    static func list(_ api: APICall) throws -> Answer {
        let texts = try api.call.query(allowing: SignalQuery.names.union(MemoryPage.names))
        let query = try SignalQuery(texts, api.workspace.programme.programme)
        let page = try MemoryPage(api, list: "signals", of: query.link(api.call.path))
        let now = api.workspace.now
        return page.document(query.find(api.workspace).map { $0.document(at: now) }).answer
    }

    static func precision(_ api: APICall) async throws -> Answer {
        _ = try api.call.query(allowing: [])
        let history = try await SignalHistory.read(api.workspace)
        let signals = api.workspace.programme.signals.map(\.signal)
        return .json([
            "as_of": .string(history.now.text), "complete": .bool(history.isComplete),
            "items": .array(signals.map { signal in document(signal, history) }),
        ])
    }

    private static func document(_ signal: Signal, _ history: SignalHistory) -> JSON {
        [
            "signal": .string(signal.id), "title": .string(signal.title),
            "severity": .string(signal.severity.rawValue),
            "windows": .array(SignalHistory.windows.map { history.precision(signal, days: $0).document(days: $0) }),
        ]
    }
}

extension ListedSignal {
    func document(at now: Instant) -> JSON {
        [
            "signal": .string(signal.id), "title": .string(signal.title),
            "severity": .string(signal.severity.rawValue),
            "account": WorkDocuments.reference(account), "owner": JSON(owner), "since": JSON(since?.text),
            "acknowledged_by": JSON(state.isAcknowledged(at: now) ? state.acknowledgedBy : nil),
            "acknowledged_until": JSON(state.isAcknowledged(at: now) ? state.acknowledgedUntil?.text : nil),
            "snoozed_by": JSON(state.isSnoozed(at: now) ? state.snoozedBy : nil),
            "snoozed_until": JSON(state.isSnoozed(at: now) ? state.snoozedUntil?.text : nil),
            "confirmed_by": JSON(state.confirmedBy), "withheld": .bool(state.isWithheld),
            "false_alarm": state.isHeldFalse(at: now) ? state.falseAlarm?.document ?? .null : .null,
        ]
    }
}

extension FalseAlarm {
    fileprivate var document: JSON {
        [
            "by": .string(by), "at": .string(at.text), "reason": .string(reason), "until": JSON(until?.text),
        ]
    }
}

extension SignalPrecision {
    /// Of too few episodes the percentages are null.
    fileprivate func document(days: Int64) -> JSON {
        [
            "days": .int(days), "ended": .int(Int64(ended)), "right": .int(Int64(right)),
            "false_alarms": .int(Int64(falseAlarms)), "unjudged": .int(Int64(unjudged)),
            "precision": judged.document(ofAtLeast: Self.countMin),
            "followed_by_notice": followed?.document(ofAtLeast: Self.countMin) ?? .null,
        ]
    }
}

extension Estimate {
    fileprivate func document(ofAtLeast count: Int) -> JSON {
        guard whole < count else { return document }
        return ["part": .int(Int64(part)), "whole": .int(Int64(whole)), "percent": .null, "low": .null, "high": .null]
    }
}
