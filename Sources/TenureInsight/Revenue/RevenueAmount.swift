import TenureCore
import TenureEngine
package import TenureProgramme

/// Recurring revenue of a year in hundredths of the reporting currency, or why it is not known.
package enum RevenueAmount: Hashable, Sendable {
    case known(Int64)
    case unknown(Reason)

    package enum Reason: Hashable, Sendable {
        /// No fact says what the account pays.
        case unstated
        /// The first that was said came as imported history, and says nothing of the time before it.
        case beforeImport
        /// Statements of that time were forgotten because there were too many.
        case forgotten
        /// A contract or subscription without an amount, or a field that was emptied.
        case withoutAmount
        /// No rate of that currency was in force.
        case withoutRate(CurrencyCode)
    }

    package var hundredths: Int64? { if case .known(let amount) = self { amount } else { nil } }
}

extension RevenueAmount.Reason {
    /// For programs.
    package var id: String {
        switch self {
        case .unstated: "unstated"
        case .beforeImport: "before_import"
        case .forgotten: "forgotten"
        case .withoutAmount: "without_amount"
        case .withoutRate: "without_rate"
        }
    }

    package var words: String {
        switch self {
        case .unstated: "no fact says what it pays"
        case .beforeImport: "what it paid before its import is not known"
        case .forgotten: "too much was said since; what it paid then is not kept"
        case .withoutAmount: "a contract, subscription or field states no amount"
        case .withoutRate(let currency): "no exchange rate of \(currency.text) was in force"
        }
    }
}

/// What amounts are brought to: the reporting currency, at the rates of one day.
struct RevenueRates: Sendable {
    let currency: CurrencyCode?
    let terms: RevenueTerms
    let day: Day

    private static let one: Int64 = 1_000_000_000

    /// Hundredths, rounded half away from zero; each stream by itself, so that accounts and portfolios are sums.
    func hundredths(_ micros: Int64, _ currency: CurrencyCode?) -> RevenueAmount {
        guard micros != 0 else { return .known(0) }
        guard let currency, currency != self.currency else { return .known(Self.rounded(micros, Self.one)) }
        guard let rate = terms.rate(of: currency, on: day) else { return .unknown(.withoutRate(currency)) }
        return .known(Self.rounded(micros, rate))
    }

    private static func rounded(_ micros: Int64, _ rate: Int64) -> Int64 {
        Int64(clamping: roundedQuotient(Int128(micros) * Int128(rate), Int128(one) * 10_000))
    }
}
