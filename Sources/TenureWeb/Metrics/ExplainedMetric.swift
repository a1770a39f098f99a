import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// A metric of an account taken apart, now or at the close of a past day. The whole log is read for its facts.
struct ExplainedMetric: Sendable {
    let explanation: MetricExplanation
    let snapshot: Snapshot
    /// nil: now.
    let day: Day?

    init(_ call: Call, of account: AccountState, in workspace: Workspace) async throws {
        let name = call["metric"]
        if let text = try call.query(allowing: ["on"]).filled("on") {
            let shown = try await DayDocuments.day(text, of: account, in: workspace)
            let folded = try await shown.folded(in: workspace)
            (snapshot, day) = (folded.snapshot, shown.past.close.day)
            explanation = try Self.explanation(name, folded.snapshot, folded.facts)
        } else {
            (snapshot, day) = (workspace.snapshot(account), nil)
            // Before the log is read.
            guard snapshot.programme.metricPlan(name) != nil else { throw Self.unknown(name, snapshot) }
            explanation = try Self.explanation(name, snapshot, try await workspace.facts(of: account.id))
        }
    }

    private static func explanation(_ name: String, _ snapshot: Snapshot, _ facts: [Fact]) throws -> MetricExplanation {
        guard let found = MetricExplanation(name, snapshot, facts: facts) else { throw unknown(name, snapshot) }
        return found
    }

    private static func unknown(_ name: String, _ snapshot: Snapshot) -> Problem {
        let near = snapshot.programme.dayMetricNames.filter { $0.hasPrefix(name + ".") }
        let hint = near.isEmpty ? "" : " It has \(near.joined(separator: ", "))."
        return Problem(.notFound, "The programme has no metric \(name.prefix(80)).\(hint)")
    }
}

extension Call {
    /// A field or judgement that the path names.
    func told(_ account: AccountState, _ workspace: Workspace) async throws -> ToldValue {
        guard let kind = ToldValue.Kind(rawValue: self["kind"]) else {
            throw Problem(.notFound, "What is told of an account is a field or a judgement.")
        }
        return ToldValue(kind, self["name"], in: try await workspace.facts(of: account.id))
    }
}

enum MetricDocuments {
    static func told(_ api: APICall) async throws -> Answer {
        _ = try api.call.query(allowing: [])
        let account = try api.account()
        let told = try await api.call.told(account, api.workspace)
        let facts = told.facts.prefix(MetricExplanation.factsMax)
        return .json([
            "account": WorkDocuments.reference(account), "kind": .string(told.kind.rawValue), "name": .string(told.name),
            "facts": .array(facts.map(\.document)), "more_facts": .int(Int64(told.facts.count - facts.count)),
        ])
    }

    static func one(_ api: APICall) async throws -> Answer {
        let account = try api.account()
        let metric = try await ExplainedMetric(api.call, of: account, in: api.workspace)
        var body = metric.document
        body["account"] = WorkDocuments.reference(account)
        return .json(.object(body))
    }
}

extension ExplainedMetric {
    fileprivate var document: JSONObject {
        let (found, plan) = (explanation, explanation.plan)
        return [
            "id": .string(plan.reference.text), "title": .string(found.title), "meaning": .string(plan.metric.meaning),
            "unit": .string(plan.metric.unit.rawValue), "day": JSON(day?.text),
            "value": found.value.value.map { .double($0) } ?? .null, "sample": .int(found.value.sample),
            "unknown": JSON(found.value.unknown?.words), "formula": .string(found.formula),
            "windows": .array(found.windows.map(\.document)), "parts": .array(found.parts.map(\.document)),
            "more_parts": .int(Int64(found.otherParts)), "facts": .array(found.facts.map(\.document)),
            "more_facts": .int(Int64(found.otherFacts)),
        ]
    }
}

extension MetricExplanation.Window {
    fileprivate var document: JSON {
        ["first": .string(first.text), "last": .string(last.text), "earlier": .bool(isEarlier)]
    }
}

extension MetricExplanation.Part {
    fileprivate var document: JSON {
        ["kind": .string(kind.rawValue), "id": .string(id), "value": value.map { .double($0) } ?? .null]
    }
}

extension Fact {
    /// As it is kept: members are keys, and there are no names or addresses in it.
    var document: JSON {
        [
            "id": .string(id), "source": .string(source), "type": .string(type), "occurred": .string(occurred.text),
            "recorded": .string(recorded.text), "member": JSON(member), "data": .object(data),
        ]
    }
}
