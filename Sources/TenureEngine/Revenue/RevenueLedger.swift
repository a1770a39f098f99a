package import TenureCore
package import TenureProgramme

/// Everything that was said of an account's recurring revenue, by what it was said of: a set of statements, so that their
/// order of arrival cannot matter, from which the revenue of any past day follows (docs/decisions/0015-revenue.md).
package struct RevenueLedger: Hashable, Sendable {
    /// Sorted by source, then by key.
    package private(set) var streams: [RevenueStream] = []
    /// Notices of churn, sorted.
    package private(set) var notices: [ChurnNotice] = []
    /// The newest statement that was forgotten because there were too many; up to it the past is unknown.
    package private(set) var forgottenUpTo: Instant?
    /// Two years of a system that repeats itself every night. Beyond it those that took effect first are forgotten.
    static let statementsMax = 800
    static let noticesMax = 50

    package init() {}

    package func streams(_ source: RevenueSource) -> ArraySlice<RevenueStream> {
        let start = streams.bisected { $0.order < source.order }
        let end = streams.bisected { $0.order <= source.order }
        return streams[start..<end]
    }

    var count: Int { streams.reduce(0) { $0 + $1.statements.count } }

    mutating func insert(_ statement: RevenueStatement, _ source: RevenueSource, key: String) {
        if let forgottenUpTo, statement.effective <= forgottenUpTo { return }
        let place = streams.bisected { RevenueStream.isBefore($0, source, key) }
        if place == streams.count || !streams[place].isAbout(source, key) {
            streams.insert(RevenueStream(source: source, key: key), at: place)
        }
        streams[place].insert(statement)
        if count > Self.statementsMax { forgetOldest() }
    }

    mutating func insert(_ notice: ChurnNotice) {
        let place = notices.bisected { $0 < notice }
        guard place == notices.count || notices[place] != notice else { return }
        notices.insert(notice, at: place)
        if notices.count > Self.noticesMax { notices.removeFirst() }
    }

    /// All that took effect at the earliest instant leave together: whatever came first, the same ones stay.
    private mutating func forgetOldest() {
        guard let oldest = streams.compactMap(\.statements.first?.effective).min() else { return }
        for index in streams.indices { streams[index].forget(at: oldest) }
        streams.removeAll { $0.statements.isEmpty }
        forgottenUpTo = oldest
    }

    init(streams: [RevenueStream], notices: [ChurnNotice], forgottenUpTo: Instant?) {
        self.streams = streams
        self.notices = notices
        self.forgottenUpTo = forgottenUpTo
    }
}

/// What was said of one contract, one subscription or the account's own ARR.
package struct RevenueStream: Hashable, Sendable {
    package let source: RevenueSource
    /// The contract or subscription; empty for the account's own field.
    package let key: String
    /// By when they take effect, then by when they were said.
    package private(set) var statements: [RevenueStatement] = []

    init(source: RevenueSource, key: String, statements: [RevenueStatement] = []) {
        self.source = source
        self.key = key
        self.statements = statements
    }

    fileprivate var order: Int { source.order }

    static func isBefore(_ stream: RevenueStream, _ source: RevenueSource, _ key: String) -> Bool {
        stream.source == source ? precedes(stream.key, key) : stream.order < source.order
    }

    func isAbout(_ source: RevenueSource, _ key: String) -> Bool { self.source == source && isSame(self.key, key) }

    mutating func insert(_ statement: RevenueStatement) {
        let place = statements.bisected { $0 < statement }
        if place < statements.count, !(statement < statements[place]) { return }
        statements.insert(statement, at: place)
    }

    mutating func forget(at oldest: Instant) { statements.removeAll { $0.effective <= oldest } }
}

extension RevenueSource {
    fileprivate var order: Int {
        switch self {
        case .account: 0
        case .contracts: 1
        case .subscriptions: 2
        }
    }
}

/// A customer says that it leaves, as a whole or in part.
package struct ChurnNotice: Hashable, Comparable, Sendable {
    package var version: Version
    package var effective: Instant?
    package var isFull: Bool

    package init(version: Version, effective: Instant?, isFull: Bool) {
        self.version = version
        self.effective = effective
        self.isFull = isFull
    }

    package static func < (left: ChurnNotice, right: ChurnNotice) -> Bool { left.version < right.version }
}

extension ByteWriter {
    mutating func write(_ ledger: RevenueLedger) {
        write(list: ledger.streams) { writer, stream in
            writer.write(stream.source.rawValue)
            writer.write(stream.key)
            writer.write(list: stream.statements) { $0.write($1) }
        }
        write(list: ledger.notices) { writer, notice in
            writer.write(notice.version)
            writer.write(notice.effective) { $0.write($1) }
            writer.write(notice.isFull)
        }
        write(ledger.forgottenUpTo) { $0.write($1) }
    }
}

extension ByteReader {
    mutating func readRevenueLedger() throws -> RevenueLedger {
        RevenueLedger(
            streams: try readList { try $0.readRevenueStream() },
            notices: try readList { reader in
                ChurnNotice(
                    version: try reader.readVersion(), effective: try reader.readOptional { try $0.readInstant() },
                    isFull: try reader.readBool())
            },
            forgottenUpTo: try readOptional { try $0.readInstant() })
    }

    private mutating func readRevenueStream() throws -> RevenueStream {
        guard let source = RevenueSource(rawValue: try readString()) else { throw CorruptBytes(offset: offset) }
        return RevenueStream(source: source, key: try readString(), statements: try readList { try $0.readRevenueStatement() })
    }
}
