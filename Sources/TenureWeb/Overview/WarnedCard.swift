import TenureCore
import TenureInsight

/// Would it have warned you? Customers lost in twelve months, how many were flagged in time, and at what price.
struct WarnedCard {
    let flagged: String
    /// The first day that is counted.
    let since: String
    let interval: String
    let price: String
    let random: String
    let missed: [Missed]
    let hasMissed: Bool
    let more: String?
    /// Why nothing can be said; nil: it can.
    let nothing: String?
    let link: String
    private static let missedMax = 3

    struct Missed {
        let name: String
        let arr: String
        let sentence: String
    }
}

extension WarnedCard {
    init(_ verdict: Verdict) {
        let (tally, terms) = (verdict.tally, verdict.terms)
        let flagged = tally.flagged
        link = Links.warnings
        self.flagged = "\(flagged.part) of \(flagged.whole)"
        since = Wording.day(terms.watch.lowerBound)
        interval = "95 % interval \(Self.percent(flagged.low)) to \(Self.percent(flagged.high))"
        price = Self.price(verdict.load)
        random = "By chance, the same alerts would have flagged \(Wording.number(verdict.random.flagged))"
        let unflagged = verdict.unflagged
        missed = unflagged.prefix(Self.missedMax).map { lost in
            Missed(
                name: lost.account.name, arr: lost.account.arr.map { Wording.number($0, places: 0) } ?? "unknown",
                sentence: verdict.firstAlert(lost))
        }
        hasMissed = !missed.isEmpty
        more = unflagged.count > missed.count ? "and \(unflagged.count - missed.count) more" : nil
        nothing = flagged.whole > 0 ? nil : Self.nothing(tally.lost.count, terms)
    }

    private static func percent(_ share: Double) -> String { Wording.number(share * 100, places: 0) + " %" }

    private static func price(_ load: AlertLoad) -> String {
        let each = load.owners > 1 ? load.perOwnerWeek.map { ", \(Wording.number($0)) for each owner" } : nil
        return "\(Wording.number(load.perWeek)) alerts a week\(each ?? "")"
    }

    private static func nothing(_ lost: Int, _ terms: VerdictTerms) -> String {
        lost == 0
            ? "No customer gave notice in the last twelve months. With a year of your past in files, the command tenure verdict answers this today."
            : "\(Wording.plural(lost, "customer", "customers")) gave notice, none of them watched for \(terms.lead) days before."
    }
}
