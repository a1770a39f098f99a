package import Parquet
package import TenureCore

/// A fact as a row. The columns are the same in every file, so that any number of them is one table.
package enum LakeColumns {
    package static let all: [ParquetColumn] =
        [
            ParquetColumn("id", .text), ParquetColumn("type", .text),
            ParquetColumn("account", .text, isOptional: true), ParquetColumn("account_id", .text, isOptional: true),
            ParquetColumn("member", .text, isOptional: true), ParquetColumn("occurred", .timestamp),
            ParquetColumn("recorded", .timestamp), ParquetColumn("source", .text),
            ParquetColumn("retracts", .text, isOptional: true), ParquetColumn("data", .text),
        ] + texts.map { ParquetColumn($0, .text, isOptional: true) }
        + numbers.map { ParquetColumn($0, .number, isOptional: true) }
        + flags.map { ParquetColumn($0.name, .flag) } + [ParquetColumn("block", .integer)]

    /// Within a group of rows: an account's facts lie together, and like ones beside each other.
    package static let sorting = ["account", "type", "occurred"]

    /// Fields that data of many events has; they are columns as well where they are of that kind.
    private static let texts = ["feature", "kind", "state", "status"]
    private static let numbers = ["value", "amount"]

    private static let flags: [(name: String, flag: Fact.Flags)] = [
        ("fenced", .fenced), ("late", .late), ("clamped", .clamped), ("untimed", .untimed), ("by_login", .byLogin),
    ]

    /// - Parameter account: the vendor's own id of the fact's account.
    package static func row(_ fact: Fact, account: String?, block: UInt64) -> [ParquetCell] {
        [
            .text(fact.id), .text(fact.type), cell(account), cell(fact.account?.text), cell(fact.member),
            .integer(microseconds(fact.occurred)), .integer(microseconds(fact.recorded)), .text(fact.source),
            cell(fact.operation.retracted), .text(JSON.object(fact.data).text),
        ] + texts.map { cell(fact.data[$0]?.string) }
            + numbers.map { fact.data[$0]?.number.map { .number($0) } ?? .none }
            + flags.map { .flag(fact.flags.contains($0.flag)) } + [.integer(Int64(clamping: block))]
    }

    private static func cell(_ text: String?) -> ParquetCell { text.map { .text($0) } ?? .none }

    private static func microseconds(_ instant: Instant) -> Int64 {
        let (product, overflow) = instant.milliseconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (instant.milliseconds < 0 ? .min : .max) : product
    }
}

extension Fact.Operation {
    fileprivate var retracted: String? {
        switch self {
        case .append: nil
        case .retract(let id): id
        }
    }
}

extension Fact {
    /// Not those by which the clock wakes accounts: nobody observed them.
    var isForLake: Bool { type != FactType.clockReached }
}
