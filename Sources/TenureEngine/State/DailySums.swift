import TenureCore

/// Sums by local day for the last days, in millionths; the newest day is last. Empty until the first event.
package struct DailySums: Hashable, Sendable {
    private(set) var sums: [Int64] = []
    private(set) var lastDay = Day(number: 0)

    /// Adds to a day up to `today`, with which the ring ends; a day that has already left the ring is ignored, which no
    /// window can notice.
    mutating func add(_ micros: Int64, on day: Day, today: Day, length: Int) {
        if sums.isEmpty { lastDay = today }
        let back = Int(lastDay - day)
        guard (0..<length).contains(back) else { return }
        while sums.count <= back { sums.insert(0, at: 0) }
        let index = sums.count - 1 - back
        sums[index] = saturatingAdd(sums[index], micros)
        // Nothing, and what cancels out, leaves no trace: the same days have the same bytes whatever came first.
        if sums[index] == 0 { trim(to: length) }
    }

    mutating func advance(to day: Day, length: Int) {
        guard !sums.isEmpty, day > lastDay else { return }
        let gap = Int(day - lastDay)
        lastDay = day
        guard gap < length else {
            sums = []
            return
        }
        sums.append(contentsOf: repeatElement(0, count: gap))
        trim(to: length)
    }

    private mutating func trim(to length: Int) {
        if sums.count > length { sums.removeFirst(sums.count - length) }
        if let first = sums.firstIndex(where: { $0 != 0 }) {
            if first > 0 { sums.removeFirst(first) }
        } else {
            sums = []
        }
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
            let age = Int(today - lastDay) + sums.count - 1 - index
            if factors.indices.contains(age) { total += Double(sums[index]) * factors[age] }
        }
        return total
    }

    /// The sum over `days`, and how many of them have anything in them.
    func total(over days: ClosedRange<Day>) -> (sum: Int64, activeDays: Int) {
        var total: Int64 = 0
        var count = 0
        for index in indices(days) where sums[index] != 0 {
            total = saturatingAdd(total, sums[index])
            count += 1
        }
        return (total, count)
    }

    private func indices(_ days: ClosedRange<Day>) -> Range<Int> {
        guard !sums.isEmpty else { return 0..<0 }
        let last = sums.count - 1
        let lower = max(0, last - Int(lastDay - days.lowerBound))
        let upper = min(sums.count, last - Int(lastDay - days.upperBound) + 1)
        return lower < upper ? lower..<upper : 0..<0
    }

    package init() {}

    init(sums: [Int64], lastDay: Day) {
        self.sums = sums
        self.lastDay = lastDay
    }
}

func saturatingAdd(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right > 0 ? .max : .min) : sum
}

/// Millionths of a number, rounded half away from zero; nil for NaN and what does not fit.
func micros(_ number: Double) -> Int64? {
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
