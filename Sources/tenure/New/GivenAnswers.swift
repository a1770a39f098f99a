import ArgumentParser
import TenureAuthoring
import TenureRuntime

/// Answers as flags.
struct GivenAnswers: ParsableArguments {
    @Option(help: "What your company or product is called.")
    var name: String?

    @Option(help: "What customers pay for: seats, flat or usage.")
    var sells: String?

    @Option(help: "Plans, separated by commas.")
    var tiers: String?

    @Option(help: "Parts of the product that count as use, separated by commas; the three that matter most first.")
    var features: String?

    @Option(help: "Events that tell of use: `Report Viewed: Reports, …`.")
    var events: String?

    @Option(help: "Days of four weeks on which a user of a healthy customer works with it: 6 to 20.")
    var activeDays: String?

    @Option(help: "People in a hundred who use it at a healthy customer: 40, 60 or 80.")
    var reach: String?

    @Option(help: "The title of whoever looks after a customer.")
    var owner: String?

    @Option(help: "The title of whoever owns renewals and growth, or same.")
    var renewals: String?

    @Option(help: "Days before the end of the term at which the renewal begins: 60 to 180.")
    var renewalDays: String?

    @Option(help: "Days before the last day to give notice at which somebody asks: 7 to 30.")
    var noticeDays: String?

    @Option(help: "Business hours within which urgent tickets have an owner: 1 to 6.")
    var urgentHours: String?

    @Option(help: "Yearly revenue of a strategic customer, of one worth a person's time, and the currency: `100000, 20000 EUR`.")
    var revenue: String?

    @Option(help: "The time zone of customers that name none.")
    var timeZone: String?

    /// In the order of the questions, for later ones may look at earlier ones.
    var texts: [(question: Question, text: String)] {
        Question.allCases.compactMap { question in self[question].map { (question, $0) } }
    }

    func take(into answers: inout Answers) throws {
        for (question, text) in texts {
            if let sentence = answers.take(text, for: question, zones: embeddedProgrammes.zones) {
                let flag = question.rawValue.split(separator: "_").joined(separator: "-")
                throw ValidationError("--\(flag): \(sentence)")
            }
        }
    }

    private subscript(question: Question) -> String? {
        switch question {
        case .name: name
        case .sells: sells
        case .tiers: tiers
        case .features: features
        case .events: events
        case .activeDays: activeDays
        case .reach: reach
        case .owner: owner
        case .renewals: renewals
        case .renewalDays: renewalDays
        case .noticeDays: noticeDays
        case .urgentHours: urgentHours
        case .revenue: revenue
        case .timeZone: timeZone
        }
    }
}
