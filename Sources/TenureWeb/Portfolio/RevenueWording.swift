import TenureInsight

extension Wording {
    /// `EUR 1,234.50`, from hundredths.
    static func hundredths(_ amount: Int64, _ currency: String) -> String {
        let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: 100)
        let cents = rest == 0 ? "" : "." + (rest < 10 ? "0" : "") + String(rest)
        return (amount < 0 ? "−" : "") + currency + " " + number(Double(whole), places: 0) + cents
    }

    /// The figure itself: an amount, or a rate in percent; `–` where nothing is known.
    static func value(_ figure: RevenueFigure, _ share: RevenueShare, _ currency: String) -> String {
        switch figure.unit {
        case .money: hundredths(share.part, currency)
        case .percent: share.percent.map { number($0) + " %" } ?? "–"
        }
    }

    /// What it was made of: `EUR 210 of EUR 300, 3 accounts`.
    static func sums(_ figure: RevenueFigure, _ share: RevenueShare, _ currency: String) -> String {
        let accounts = plural(share.accounts, "account", "accounts")
        guard figure.unit == .percent else { return accounts }
        guard share.whole != 0 else { return "nothing to compare with" }
        if figure.counts { return "\(share.part) of \(plural(Int(share.whole), "account", "accounts"))" }
        return "\(hundredths(share.part, currency)) of \(hundredths(share.whole, currency)), \(accounts)"
    }
}
