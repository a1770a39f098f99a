import TenureCore

/// A text that must look like something, as a regular expression for editors. A reader knows more: that a date
/// exists, or that hours follow each other.
enum TextShape: String, Sendable, CaseIterable {
    case id, requirement, date, instant, timeOfDay, hours, colour, currency, recipient, anchor, zone, window
    case wholeHours, wholeDays, reentry, fieldID, scoreRange

    var pattern: String? {
        switch self {
        case .id: "^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$"
        case .requirement: "^[A-Za-z0-9_][A-Za-z0-9_.-]*-[A-Za-z0-9_.-]*$"
        case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        case .instant: "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
        case .timeOfDay: "^[0-2][0-9]:[0-5][0-9]$"
        case .hours: "^ *\(Self.stretch)( +\(Self.stretch))* *$"
        case .colour: "^#[0-9A-Fa-f]{6}$"
        case .currency: "^[A-Z]{3}$"
        case .recipient: "^(role|contact|channel):[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$"
        case .anchor: "^(start|ready|step:.*|account:.*)$"
        case .zone: nil
        case .window: "^([1-9][0-9]*d|lifetime)$"
        case .scoreRange: "^([0-9]|[1-9][0-9]|100)([.][.]([0-9]|[1-9][0-9]|100))?$"
        case .wholeHours: "^([1-9][0-9]{0,4}|100000)(m|h|d|w)$"
        case .wholeDays: "^[1-9][0-9]?d$"
        case .reentry: "^(never|after_exit|([1-9][0-9]{0,4}|100000)(m|h|d|w|mo|bh|bd))$"
        case .fieldID: "^[A-Za-z_][A-Za-z0-9_]*$"
        }
    }

    /// What a table of the documents says of it.
    var words: String {
        switch self {
        case .id: "id"
        case .requirement: "requirement's id"
        case .date: "date, `2026-03-31`"
        case .instant: "timestamp, `\"2026-03-09T11:00:00Z\"`"
        case .timeOfDay: "time, `\"09:30\"`"
        case .hours: "hours, `\"09:00-12:00 13:00-17:00\"`"
        case .colour: "colour, `\"#10B981\"`"
        case .currency: "currency's code, `EUR`"
        case .recipient: "recipient: `role:…`, `contact:…` or `channel:…`"
        case .anchor: "`start`, `ready`, `step:…` or `account:…`"
        case .zone: "time zone, `Europe/Rome`"
        case .window: "window, `30d` or `lifetime`"
        case .scoreRange: "range, `55..60`"
        case .wholeHours: "duration of whole hours, `48h`"
        case .wholeDays: "days, `30d`"
        case .reentry: "`never`, `after_exit` or a duration"
        case .fieldID: "field's id"
        }
    }

    /// Besides text, what YAML may take it for: `id: 7` is the id `7`.
    var scalarKinds: [String] {
        switch self {
        case .id: ["string", "number", "boolean"]
        case .fieldID: ["string", "boolean"]
        case .requirement, .date, .instant, .timeOfDay, .hours, .colour, .currency, .recipient, .anchor, .zone, .window,
            .wholeHours, .wholeDays, .reentry, .scoreRange:
            ["string"]
        }
    }

    private static let stretch = "[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}"
}
