/// What `tenure new` asks, in this order. The raw value is the key in a file of answers.
package enum Question: String, Sendable, CaseIterable {
    case name, sells, tiers, features, events
    case activeDays = "active_days"
    case reach, owner, renewals
    case renewalDays = "renewal_days"
    case noticeDays = "notice_days"
    case urgentHours = "urgent_hours"
    case revenue
    case timeZone = "time_zone"

    /// The question as people read it.
    package var text: String {
        switch self {
        case .name: "What is your company or product called?"
        case .sells: "What do customers pay for: seats, a flat fee, or usage? (seats, flat, usage)"
        case .tiers: "Which plans do you sell? Separate them by commas, the smallest first."
        case .features:
            "Which parts of your product count as use? Five or more, separated by commas; first the three that a healthy customer uses."
        case .events:
            "Which events does your product send when one is used? `Event name: part`, separated by commas."
        case .activeDays: "On how many days of four weeks does a typical user of a healthy customer work with it? (6 to 20)"
        case .reach: "How many in a hundred of the people it was bought for use it at a healthy customer? (40, 60, 80)"
        case .owner: "Who looks after a customer from day to day? A title."
        case .renewals: "Who owns renewals and growth? A title, or `same`."
        case .renewalDays: "How many days before the end of the term does the renewal begin? (60 to 180)"
        case .noticeDays: "How many days before the last day to give notice should somebody ask? (7 to 30)"
        case .urgentHours: "Within how many business hours must urgent tickets have an owner? (1 to 6)"
        case .revenue:
            "From which yearly revenue on is a customer strategic, from which is it worth a person's time, in which currency?"
        case .timeZone: "In which time zone are customers that name none?"
        }
    }
}

/// What customers pay for.
package enum Offer: String, Sendable, CaseIterable { case seats, flat, usage }
