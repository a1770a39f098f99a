/// One number over several accounts. Accounts whose value is unknown are counted apart and are in no other number.
package struct RollUp: Hashable, Sendable {
    package private(set) var accounts = 0
    package private(set) var known = 0
    package private(set) var sum = 0.0
    package private(set) var least: Double?
    package private(set) var most: Double?
    /// Of the accounts whose ARR is known as well, and is above nothing.
    package private(set) var weighed = 0
    private var weightedSum = 0.0
    private var weight = 0.0

    package init() {}

    /// In the order of the accounts, so that the last digit is always the same.
    ///
    /// - Parameter arr: hundredths a year; nil: unknown.
    package mutating func add(_ value: Double?, arr: Int64?) {
        accounts += 1
        guard let value, value.isFinite else { return }
        known += 1
        sum += value
        least = least.map { min($0, value) } ?? value
        most = most.map { max($0, value) } ?? value
        guard let arr, arr > 0 else { return }
        weighed += 1
        weightedSum += value * Double(arr)
        weight += Double(arr)
    }

    package var mean: Double? { known == 0 ? nil : sum / Double(known) }
    /// Each account counts by what it pays.
    package var weightedMean: Double? { weight == 0 ? nil : weightedSum / weight }
}
