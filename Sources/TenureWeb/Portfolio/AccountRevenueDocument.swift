import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// One account's revenue, down to the facts.
struct AccountRevenueTrail: Sendable {
    struct Line: Sendable {
        let course: RevenueCourse
        let step: RevenueCourse.Step
        /// nil: the log holds no such fact any more.
        let fact: Fact?
    }

    let lines: [Line]

    /// Reads the account's facts back from the log.
    init(_ account: AccountState, _ workspace: Workspace) async throws {
        let revenue = AccountRevenue(account.observations.revenue, workspace.programme.programme)
        let facts = try await workspace.facts(of: account.id)
        let known = Dictionary(facts.map { (Version($0), $0) }) { first, _ in first }
        lines = revenue.courses.flatMap { course in
            course.steps.map { Line(course: course, step: $0, fact: known[$0.statement.version]) }
        }
    }
}

extension AccountRevenueTrail {
    static func document(_ api: APICall) async throws -> Answer {
        let account = try api.account()
        _ = try api.call.query(allowing: [])
        let trail = try await AccountRevenueTrail(account, api.workspace)
        let programme = api.workspace.programme.programme
        return .json([
            "id": .string(account.id.text), "counted_from": .string(programme.revenue.source.rawValue),
            "currency": .string(programme.currency), "steps": .array(trail.lines.map { $0.document(programme.currency) }),
        ])
    }
}

extension AccountRevenueTrail.Line {
    fileprivate func document(_ currency: String) -> JSON {
        [
            "key": course.key.isEmpty ? .null : .string(course.key), "from": .string(step.from.text),
            "arr": step.micros.map { .double(Double($0) / 1_000_000) } ?? .null,
            "currency": .string(step.currency?.text ?? currency),
            "event": fact.map { fact in
                [
                    "id": .string(fact.id), "source": .string(fact.source), "type": .string(fact.type),
                    "occurred": .string(fact.occurred.text), "recorded": .string(fact.recorded.text),
                ]
            } ?? .null,
        ]
    }
}
