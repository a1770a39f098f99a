import TenureCore

/// Sums by local day, in millionths, from the first day to the last that have any.
///
/// Nothing moves when a day passes: whoever reads names the days, and days behind the ``Observations/horizon`` are
/// forgotten by the dozen.
package struct DailySums: Hashable, Sendable {
    /// Neither the first nor the last is 0, so that the same days have the same bytes whatever came first.
    private(set) var sums: [Int64] = []
    private(set) var firstDay = Day(number: 0)

    /// Adds to a day behind the horizon; one before it changes nothing, which no window can notice.
    mutating func add(_ micros: Int64, on day: Day, since horizon: Day) {
        guard day > horizon, micros != 0 else { return }
        if sums.isEmpty { firstDay = day }
        let place = Int(day - firstDay)
        if place < 0 {
            sums.insert(contentsOf: repeatElement(0, count: -place), at: 0)
            firstDay = day
        } else if place >= sums.count {
            sums.append(contentsOf: repeatElement(0, count: place + 1 - sums.count))
        }
        let index = max(0, place)
        sums[index] = saturatingAdd(sums[index], micros)
        if sums[index] == 0 { trim() }
    }

    /// Forgets that day and those before it.
    mutating func forget(through day: Day) {
        guard !sums.isEmpty, firstDay <= day else { return }
        let count = min(sums.count, Int(day - firstDay) + 1)
        sums.removeFirst(count)
        firstDay = firstDay + Int32(count)
        trim()
    }

    private mutating func trim() {
        while sums.last == 0 { sums.removeLast() }
        let zeros = sums.firstIndex { $0 != 0 } ?? 0
        if zeros > 0 { sums.removeFirst(zeros) }
        firstDay = sums.isEmpty ? Day(number: 0) : firstDay + Int32(zeros)
    }

    /// The sum over `days`, both ends included.
    func sum(over days: ClosedRange<Day>) -> Int64 {
        var total: Int64 = 0
        for index in indices(days) { total = saturatingAdd(total, sums[index]) }
        return total
    }

    /// The sum over the days that end with `today`, each by its factor, the youngest first.
    func sum(decayed factors: [Double], to today: Day) -> Double {
        guard !factors.isEmpty else { return 0 }
        var total = 0.0
        for index in indices(today + -Int32(factors.count - 1)...today) {
            let age = Int(today - firstDay) - index
            if factors.indices.contains(age) { total += Double(sums[index]) * factors[age] }
        }
        return total
    }

    /// Whether the sum over `days` comes to so much on so many days at least; only for what is never negative, since the
    /// newest days that suffice are enough.
    func reaches(_ micros: Int64, days daysMin: Int, over days: ClosedRange<Day>) -> Bool {
        var total: Int64 = 0
        var count = 0
        if total >= micros, count >= daysMin { return true }
        for index in indices(days).reversed() where sums[index] != 0 {
            total = saturatingAdd(total, sums[index])
            count += 1
            if total >= micros, count >= daysMin { return true }
        }
        return false
    }

    private func indices(_ days: ClosedRange<Day>) -> Range<Int> {
        let lower = max(0, Int(days.lowerBound - firstDay))
        let upper = min(sums.count, Int(days.upperBound - firstDay) + 1)
        return lower < upper ? lower..<upper : 0..<0
    }

    package init() {}

    /// - Parameter lastDay: of the last sum.
    init(sums: [Int64], lastDay: Day) {
        self.sums = sums
        firstDay = lastDay + Int32(1 - sums.count)
        trim()
    }

    fileprivate var lastDay: Day { firstDay + Int32(sums.count - 1) }
}

package func saturatingAdd(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right > 0 ? .max : .min) : sum
}

/// Millionths of a number, rounded half away from zero; nil for NaN and what does not fit.
package func micros(_ number: Double) -> Int64? {
    let scaled = number * 1_000_000
    guard scaled.isFinite, abs(scaled) < 9e18 else { return nil }
    return Int64(scaled.rounded())
}

extension ByteWriter {
    mutating func write(_ ring: DailySums) {
        write(list: ring.sums) { $0.write($1) }
        if !ring.sums.isEmpty { write(ring.lastDay) }
    }
}

extension ByteReader {
    mutating func readDailySums() throws -> DailySums {
        let sums = try readList { try $0.readInt64() }
        return sums.isEmpty ? DailySums() : DailySums(sums: sums, lastDay: try readDay())
    }
}
