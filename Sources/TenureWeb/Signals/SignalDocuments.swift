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
        let table = api.workspace.table()
        let found = query.find(table, now: now).sorted()
        return page.document(found.map { ListedSignal($0, table).document(at: now) }).answer
    }

    static func precision(_ api: APICall) async throws -> Answer {
        _ = try api.call.query(allowing: [])
        let history = SignalHistory(api.workspace)
        let signals = api.workspace.programme.signals.map(\.signal)
        return .json([
            "as_of": .string(history.now.text), "complete": true,
            "items": .array(zip(signals, try await history.precisions(signals)).map { document($0, $1) }),
        ])
    }

    private static func document(_ signal: Signal, _ windows: [SignalPrecision]) -> JSON {
        [
            "signal": .string(signal.id), "title": .string(signal.title),
            "severity": .string(signal.severity.rawValue),
            "windows": .array(zip(SignalHistory.windows, windows).map { $1.document(days: $0) }),
        ]
    }
}

extension ListedSignal {
    func document(at now: Instant) -> JSON {
        [
            "signal": .string(signal.id), "title": .string(signal.title),
            "severity": .string(signal.severity.rawValue),
            "account": row.report.reference, "owner": JSON(row.report.owner), "since": JSON(known.since?.text),
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
