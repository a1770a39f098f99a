import TenureCore

/// What a subscription costs a year, in millionths of its currency: prices are brought to a year without rounding in
/// between (year 1, quarter 4, month 12, week 52, day 365).
struct SubscriptionPrice {
    /// nil: the event names no price.
    let amount: Int64?
    /// What is taken off a year's price; nil: the event does not speak of a discount.
    let discount: Int64?
    private static let itemsMax = 100

    init(_ data: JSONObject) {
        amount = Self.whole(data)
        discount = Self.discount(data, of: amount)
    }

    /// Its items, or a price of its own, or what somebody else has brought to a month or a year.
    private static func whole(_ data: JSONObject) -> Int64? {
        if let items = data["items"]?.array {
            return items.prefix(itemsMax).reduce(0) { sum, item in
                sum.flatMap { known in item.object.flatMap { yearly($0, "price") }.map { saturatingAdd(known, $0) } }
            }
        }
        if data["price"] != nil { return yearly(data, "price") }
        if let month = data["mrr"]?.number { return micros(month).flatMap { scaled($0, by: 12, over: 1) } }
        return data["arr"]?.number.flatMap { micros($0) }
    }

    private static func discount(_ data: JSONObject, of amount: Int64?) -> Int64? {
        if let percent = data["discount_percent"]?.number, let amount, (0...100).contains(percent) {
            return micros(percent).flatMap { scaled(amount, by: $0, over: 100_000_000) }
        }
        return data["discount_amount"] == nil ? nil : yearly(data, "discount_amount")
    }

    private static func yearly(_ data: JSONObject, _ field: String) -> Int64? {
        guard let price = data[field]?.number.flatMap({ micros($0) }), let perYear = timesAYear(data) else { return nil }
        let quantity = field == "price" ? data["quantity"]?.int ?? 1 : 1
        let count = data["interval_count"]?.int ?? 1
        guard quantity >= 0, quantity <= 1_000_000_000, count >= 1, count <= 1_000 else { return nil }
        return scaled(price, by: quantity * perYear, over: count)
    }

    private static func timesAYear(_ data: JSONObject) -> Int64? {
        switch data["interval"]?.string ?? "month" {
        case "year": 1
        case "quarter": 4
        case "month": 12
        case "week": 52
        case "day": 365
        case _: nil
        }
    }

    /// Rounded half away from zero; nil for what does not fit.
    private static func scaled(_ amount: Int64, by factor: Int64, over divisor: Int64) -> Int64? {
        Int64(exactly: roundedQuotient(Int128(amount) * Int128(factor), Int128(divisor)))
    }
}

/// Rounded half away from zero. The divisor is positive.
package func roundedQuotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    let (whole, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard rest.magnitude * 2 >= divisor.magnitude else { return whole }
    return whole + (dividend < 0 ? -1 : 1)
}
