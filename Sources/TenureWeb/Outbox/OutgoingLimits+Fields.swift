import TenureCore
import TenureRuntime
import TenureStore

extension OutgoingLimits {
    private static var counts: ClosedRange<Int64> { Int64(countRange.lowerBound)...Int64(countRange.upperBound) }
    private static var hoursWords: String { "hours are due, as in 20:00-08:00" }

    static func all(_ store: any StateStore) throws -> [(Readership, OutgoingLimits)] {
        try Readership.allCases.map { ($0, try OutgoingLimits($0, store)) }
    }

    /// Of a body; what it leaves out is not limited.
    init(_ body: JSONObject) throws {
        var fields = CommandFields(body)
        let text = fields.text(Self.quietName)
        let quiet = text.flatMap { QuietHours(text: $0) }
        if text != nil, quiet == nil { fields.refuse(Self.quietName, Self.hoursWords) }
        let day = fields.whole(Self.dayName, in: Self.counts)
        let week = fields.whole(Self.weekName, in: Self.counts)
        try fields.finish()
        self.init(quietHours: quiet, dayMax: day.map { Int($0) }, weekMax: week.map { Int($0) })
    }

    /// Of a form, whose empty fields limit nothing.
    init(_ texts: NamedTexts) throws {
        self.init(
            quietHours: try Self.read(texts, Self.quietName, "Quiet hours: \(Self.hoursWords).") { QuietHours(text: $0) },
            dayMax: try Self.count(texts, Self.dayName), weekMax: try Self.count(texts, Self.weekName))
    }

    private static func count(_ texts: NamedTexts, _ name: String) throws -> Int? {
        try read(texts, name, "A cap is a whole number from \(counts.lowerBound) to \(counts.upperBound).") { count($0) }
    }

    private static func read<Value>(
        _ texts: NamedTexts, _ name: String, _ words: String, _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text = texts[name].map({ TypedFields.trimmed($0) }), !text.isEmpty else { return nil }
        guard let value = parse(text) else { throw Problem(.validationFailed, words) }
        return value
    }

    var document: JSON {
        [
            Self.quietName: JSON(quietHours?.text), Self.dayName: dayMax.map { .int(Int64($0)) } ?? .null,
            Self.weekName: weekMax.map { .int(Int64($0)) } ?? .null,
        ]
    }
}
