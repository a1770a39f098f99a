import TenureCore
import TenureProgramme

extension AccountField.Kind {
    /// Throws `RowMistake`.
    func value(_ text: String, column: String) throws -> JSON {
        let value: JSON? =
            switch self {
            case .text: .string(text)
            case .number, .money: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
            case .whole: Int64(text).map { .int($0) }
            case .flag: ["true": .bool(true), "false": .bool(false)][text]
            case .date: Day(text: text).map { .string($0.text) }
            case .choice(let choices): choices.contains(text) ? .string(text) : nil
            }
        guard let value else {
            throw RowMistake(what: "“\(text)” in the column “\(column)” is not \(expected)")
        }
        return value
    }

    private var expected: String {
        switch self {
        case .text: "text"
        case .number, .money: "a number"
        case .whole: "a whole number"
        case .flag: "true or false"
        case .date: "a date such as 2026-03-09"
        case .choice(let choices): "one of " + choices.joined(separator: ", ")
        }
    }
}

extension EventField.Kind {
    /// Throws `RowMistake`.
    func value(_ text: String, column: String) throws -> JSON {
        let value: JSON? =
            switch self {
            case .text, .choice, .instant: .string(text)
            case .number: Double(text).map { .double($0) }
            case .whole: Int64(text).map { .int($0) }
            case .flag: ["true": .bool(true), "false": .bool(false)][text]
            }
        guard let value, accepts(value) else {
            throw RowMistake(what: "“\(text)” in the column “\(column)” is not \(expected)")
        }
        return value
    }
}
