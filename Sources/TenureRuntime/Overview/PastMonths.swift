import TenureCore
import TenureEngine
import TenureInsight
import TenureStore

/// What the journal of decisions says of the past months. Read once, then only what was added since.
struct PastMonths: Sendable {
    private(set) var chronicles = Chronicles()
    private(set) var episodes = SignalEpisodes()
    /// What overviews ask of the chronicles, beside the rows.
    private var past = PastColumn(then: Instant(milliseconds: .min))
    /// Of the table whose slots those are.
    private var renumberings = 0
    private var read: DecisionPlace?

    private static let rowsAtOnce = 5_000
    /// Episodes that ended in the last year and were raised up to a year earlier.
    private static let episodesSpan = 730 * Milliseconds.day
    private static let turns = Set(DecisionRow.signalTurnKinds)

    /// Takes in what was decided since the last time. Blocks.
    mutating func catchUp(_ store: any StateStore, now: Instant) throws {
        while case let rows = try store.decisions(after: read, limit: Self.rowsAtOnce), let last = rows.last {
            // Imported history is decided in no order of time: every row is looked at.
            for row in rows { try take(row, now: now) }
            read = last.place
        }
    }

    /// - Parameter then: the first instant of the running week.
    mutating func past(_ table: AccountTable, then: Instant) -> PastColumn {
        if past.then != then || renumberings != table.renumberings {
            (past, renumberings) = (PastColumn(then: then), table.renumberings)
            past.take(chronicles.accounts.keys, of: chronicles.accounts, table)
        } else {
            past.take(chronicles.changed, of: chronicles.accounts, table)
        }
        chronicles.settle()
        return past
    }

    private mutating func take(_ row: DecisionRow, now: Instant) throws {
        let isTurn = Self.turns.contains(row.kind) && row.at >= now + -Self.episodesSpan
        let isChronicled = Chronicles.wants(row, now: now)
        guard isTurn || isChronicled else { return }
        let decision = try Decision(bytes: row.bytes)
        if isTurn { episodes.take(decision) }
        if isChronicled { chronicles.take(decision, kind: row.kind) }
    }
}
