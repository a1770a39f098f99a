package import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// A past day of an account for programs.
enum DayDocuments {
    static func one(_ api: APICall) async throws -> Answer {
        let isRecomputed = try api.call.query(allowing: ["recompute"]).asks("recompute")
        let account = try api.account()
        let shown = try await day(api.call["day"], of: account, in: api.workspace)
        var body = shown.document
        body["account"] = WorkDocuments.reference(account)
        body["recomputed"] = isRecomputed ? try await shown.recomputed(in: api.workspace).document(shown.past) : .null
        return .json(.object(body))
    }

    /// The day of that date, or the problem with it.
    static func day(_ text: String, of account: AccountState, in workspace: Workspace) async throws -> ShownDay {
        do {
            return try await ShownDay(text, of: account, in: workspace)
        } catch let none as NoSuchDay {
            throw Problem(none.code, none.words)
        } catch let refusal as PublishRefusal {
            throw refusal.problem
        }
    }
}

extension NamedTexts {
    /// Whether a costly part was asked for.
    func asks(_ name: String) throws -> Bool {
        guard let text = filled(name) else { return false }
        guard text == "true" else { throw Problem(.invalidParameter, "\(name) is true, or not given.") }
        return true
    }
}

extension ShownDay {
    /// Without the account, whose fields are today's.
    package var document: JSONObject {
        let (reading, programme) = (past.reading, past.programme)
        return [
            "day": .string(past.close.day.text), "closed": .string(past.close.at.text), "imported": .bool(past.isImported),
            "previous": JSON(previous?.text), "next": JSON(next?.text), "version": version.document,
            "score": JSON(reading.score), "raw_score": JSON(reading.rawScore), "band": JSON(past.band?.id),
            "band_title": JSON(past.band?.title),
            "coverage": .double(Double(reading.coverageMicros) / 1_000_000),
            "lines": past.explanation.document(programme), "sum_nano": .int(past.explanation.sumNano),
            "metrics": past.metrics.map { .array($0.map { $0.document(programme) }) } ?? .null,
            "kpis": .array(kpis.map { $0.document(programme.programme) }),
            "signals": .array(past.openSignals.map(\.document)),
            "plays": .array(views.map { $0.document(now: past.close.at) }),
            "tasks": .array(tasks.map { $0.document(of: reference, now: past.close.at) }),
            "messages": .array(past.messages.reversed().map(\.document)),
            "events": .array(past.events.reversed().map(\.document)),
        ]
    }

    private var reference: JSON { WorkDocuments.reference(accountThen) }
    var views: [PlayView] { PlayView.all(accountThen, past.programme).filter(\.instance.isRunning) }
    var tasks: [OpenTask] {
        let account = accountThen
        return OpenTask.all(of: account, past.programme).sorted { OpenTask.isBefore(($0, account.id), ($1, account.id)) }
    }

    /// Each with its play.
    package var taskLines: [String] {
        tasks.map { "\($0.text) (\($0.playTitle))" + ($0.due.map { ", due \($0.text)" } ?? "") }
    }

}

extension PastDay.OpenSignal {
    fileprivate var document: JSON {
        [
            "id": .string(signal.id), "title": .string(signal.title), "severity": .string(signal.severity.rawValue),
            "since": JSON(state.openSince?.text), "held_since": JSON(state.heldSince?.text),
            "acknowledged_by": JSON(state.acknowledgedBy), "condition": .string(condition),
        ]
    }
}

extension ShownDay.VersionName {
    fileprivate var document: JSON {
        [
            "number": .int(Int64(number)), "published": .string(published.text), "by": .string(by),
            "reason": .string(reason), "url": .string(Links.version(number)),
        ]
    }
}

extension DayMetric {
    func document(_ programme: CompiledProgramme) -> JSON {
        [
            "id": .string(name), "title": .string(programme.title(ofMetric: name)),
            "unit": JSON(programme.metricPlan(name)?.metric.unit.rawValue), "value": value.value.map { .double($0) } ?? .null,
            "sample": .int(value.sample), "unknown": JSON(value.unknown?.words),
        ]
    }
}

extension DayMessage {
    fileprivate var document: JSON {
        [
            "at": .string(at.text), "title": .string(title), "to": .string(recipient), "play": .int(Int64(play)),
            "state": .string(state),
        ]
    }
}

extension TimelineEntry {
    var document: JSON {
        ["at": .string(at.text), "kind": .string(kind), "title": .string(title), "detail": .string(detail)]
    }
}
