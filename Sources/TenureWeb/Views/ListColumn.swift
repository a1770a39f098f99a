import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// A column that a person adds to the list of accounts: a field of the account, an owner, or a metric.
struct ListColumn: Hashable, Sendable {
    enum Source: Hashable, Sendable {
        case field(String)
        case metric(Int, Metric.Unit)
    }

    /// As an address names it: `field:mode`, `metric:users.active.7d`.
    let id: String
    let title: String
    let source: Source

    static let countMax = 12

    /// Every column that a programme offers besides those that the list has anyway.
    static func all(_ programme: CompiledProgramme) -> [ListColumn] {
        let shown: Set<String> = ["name", "arr", "notice_by"]
        let fields = programme.programme.everyAccountField.filter { !shown.contains($0.id) }.map { ($0.id, $0.title) }
        let owners = programme.programme.roles.filter { !$0.isTeamWide }.map { ($0.id, $0.title) }
        let told = (fields + owners).map { ListColumn(id: "field:" + $0, title: $1, source: .field($0)) }
        let metrics = programme.metrics.enumerated().filter { $1.pinnedTo == nil }.map { place, plan in
            ListColumn(
                id: "metric:" + plan.reference.text, title: plan.metric.title + plan.reference.windowWords,
                source: .metric(place, plan.metric.unit))
        }
        return told + metrics
    }

    /// `columns` in their order, and the one that `column` adds.
    static func read(_ query: NamedTexts, _ programme: CompiledProgramme) throws -> [ListColumn] {
        let ids = (query.filled("columns") ?? "").split(separator: ",").map(String.init) + [query.filled("column")].compactMap { $0 }
        let known = ids.isEmpty ? [] : all(programme)
        let columns = try ids.reduce(into: [ListColumn]()) { columns, id in
            guard let column = known.first(where: { isSame($0.id, id) }) else {
                throw Problem(.invalidParameter, "There is no column called \(id).")
            }
            if !columns.contains(column) { columns.append(column) }
        }
        guard columns.count <= countMax else {
            throw Problem(.invalidParameter, "A list has at most \(countMax) columns of one's own.")
        }
        return columns
    }
}

extension ListColumn {
    /// - Parameter readings: of the account's snapshot; asked for metrics only.
    func value(_ account: AccountState, readings: () -> [MetricReading]) -> JSON {
        switch source {
        case .field(let name): return account.observations.profile[name] ?? .null
        case .metric(let place, _):
            let all = readings()
            return all.indices.contains(place) ? all[place].value.map { .double($0) } ?? .null : .null
        }
    }

    /// nil: nothing is known.
    func text(_ value: JSON, _ currency: String) -> String? {
        switch (source, value) {
        case (_, .null): nil
        case (.metric(_, let unit), let value): value.number.map { unit.text($0, currency) }
        case (.field, .string(let text)): text.isEmpty ? nil : Day(text: text).map { Wording.day($0) } ?? text
        case (.field, .bool(let flag)): flag ? "yes" : "no"
        case (.field, let value): value.number.map { Wording.number($0, places: 2) } ?? value.text
        }
    }

    /// Where the value is explained.
    func link(_ account: String) -> String {
        switch source {
        case .field(let name): Links.told(account, .field, name)
        case .metric: Links.metric(account, String(id.dropFirst("metric:".count)))
        }
    }

    var isNumber: Bool {
        switch source {
        case .field: false
        case .metric: true
        }
    }
}
