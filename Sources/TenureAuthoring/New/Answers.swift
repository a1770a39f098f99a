package import TenureCore

/// The answers to the questions, each valid by itself and with the others.
package struct Answers: Sendable {
    struct TrackedEvent: Sendable {
        var name: String
        /// The index of the feature.
        var feature: Int
    }

    var name = "Acme"
    var offer = Offer.seats
    var tiers = ["Basic", "Professional", "Enterprise"]
    var features = ["Core workflow", "Reports", "Collaboration", "Automation", "API"]
    var events: [TrackedEvent]
    var activeDays = 10
    var reach = 80
    var owner = "Customer Success Manager"
    /// Nil: whoever looks after the customer.
    var renewals: String? = "Account Executive"
    var renewalDays = 120
    var noticeDays = 30
    var urgentHours = 4
    var strategic = 100_000
    var core = 20_000
    var currency = "USD"
    var zone = "UTC"

    /// The defaults, as they are shown.
    package init() { events = Self.usualEvents(["Core workflow", "Reports", "Collaboration", "Automation", "API"]) }

    /// `<Feature> Used` for each.
    static func usualEvents(_ features: [String]) -> [TrackedEvent] {
        features.enumerated().map { TrackedEvent(name: "\($1) Used", feature: $0) }
    }

    /// What stands when nothing is answered; it follows from the answers before.
    package func standard(_ question: Question) -> String {
        switch question {
        case .name: name
        case .sells: offer.rawValue
        case .tiers: tiers.joined(separator: ", ")
        case .features: features.joined(separator: ", ")
        case .events: events.map { "\($0.name): \(features[$0.feature])" }.joined(separator: ", ")
        case .activeDays: "\(activeDays)"
        case .reach: "\(reach)"
        case .owner: owner
        case .renewals: renewals ?? "same"
        case .renewalDays: "\(renewalDays)"
        case .noticeDays: "\(noticeDays)"
        case .urgentHours: "\(urgentHours)"
        case .revenue: "\(strategic), \(core) \(currency)"
        case .timeZone: zone
        }
    }

    /// Takes one answer; gives what is wrong with it, in a sentence that says what would be right, and then changes
    /// nothing.
    package mutating func take(_ text: String, for question: Question, zones: ZoneTable) -> String? {
        do {
            try set(trimmed(text), question, zones)
            return nil
        } catch {
            return error.sentence
        }
    }

    private mutating func set(_ text: String, _ question: Question, _ zones: ZoneTable) throws(WrongAnswer) {
        switch question {
        case .name: name = try title(text)
        case .sells: offer = try choice(text)
        case .tiers: tiers = try titles(text, 1...8, of: "plans")
        case .features:
            features = try titles(text, 5...20, of: "parts")
            events = Self.usualEvents(features)
        case .events: events = try trackedEvents(text)
        case .activeDays: activeDays = try whole(text, in: 6...20)
        case .reach: reach = try oneOf([40, 60, 80], text)
        case .owner: owner = try title(text)
        case .renewals: renewals = text.lowercased() == "same" ? nil : try title(text)
        case .renewalDays: renewalDays = try whole(text, in: 60...180)
        case .noticeDays: noticeDays = try whole(text, in: 7...30)
        case .urgentHours: urgentHours = try whole(text, in: 1...6)
        case .revenue: (strategic, core, currency) = try revenue(text)
        case .timeZone: zone = try zoneName(text, zones)
        }
    }
}

/// Why an answer cannot be taken.
struct WrongAnswer: Error {
    var sentence: String
}

/// Without blanks at both ends.
func trimmed(_ text: some StringProtocol) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
    return String(String(text.drop(while: isBlank).reversed()).drop(while: isBlank).reversed())
}
