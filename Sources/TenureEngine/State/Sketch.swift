import TenureCore

/// Quantiles of a positive number by day, in logarithmic buckets: any quantile is within one percent of the true one.
package struct Sketch: Hashable, Sendable {
    struct Cell: Hashable, Sendable {
        var day: Day
        var bucket: Int32
        var count: Int64
    }

    /// Sorted by day, then bucket.
    private(set) var cells: [Cell] = []
    static let cellsMax = 20_000

    mutating func add(_ value: Double, on day: Day) {
        let bucket = Self.bucket(of: value)
        let index = place(day, bucket)
        if index < cells.count, cells[index].day == day, cells[index].bucket == bucket {
            cells[index].count = saturatingAdd(cells[index].count, 1)
        } else if cells.count < Self.cellsMax {
            cells.insert(Cell(day: day, bucket: bucket, count: 1), at: index)
        }
    }

    private func place(_ day: Day, _ bucket: Int32) -> Int {
        cells.bisected { ($0.day, $0.bucket) < (day, bucket) }
    }

    /// Forgets that day and those before it.
    mutating func forget(through day: Day) {
        if let first = cells.first, first.day <= day { cells.removeAll { $0.day <= day } }
    }

    func count(_ days: ClosedRange<Day>) -> Int64 {
        cells.reduce(0) { days.contains($1.day) ? saturatingAdd($0, $1.count) : $0 }
    }

    func quantile(_ fraction: Double, _ days: ClosedRange<Day>) -> Double? {
        let total = count(days)
        guard total > 0 else { return nil }
        var byBucket: [(Int32, Int64)] = []
        for cell in cells where days.contains(cell.day) { byBucket.append((cell.bucket, cell.count)) }
        byBucket.sort { $0.0 < $1.0 }
        let rank = Int64((fraction * Double(total - 1)).rounded(.down))
        var seen: Int64 = 0
        for (bucket, count) in byBucket {
            seen += count
            if seen > rank { return Self.middle(of: bucket) }
        }
        return nil
    }

    // Buckets grow by 1.02 each, found by repeated squaring over a table so that no libm is asked: bucket 0 ends at 1.
    private static let growth = 1.02
    private static let powers: [Double] = (0..<12).reduce(into: []) { powers, _ in
        powers.append(powers.last.map { $0 * $0 } ?? growth)
    }

    private static func bucket(of value: Double) -> Int32 {
        guard value > 1 else { return value > 0 ? 0 : -1 }
        var rest = value
        var bucket: Int32 = 0
        for (exponent, power) in powers.enumerated().reversed() where power.isFinite && rest >= power {
            rest /= power
            bucket += 1 << Int32(exponent)
        }
        return bucket + 1
    }

    private static func middle(of bucket: Int32) -> Double {
        guard bucket > 0 else { return bucket == 0 ? 1 : 0 }
        var value = 1.0
        for (exponent, power) in powers.enumerated() where (bucket - 1) & (1 << Int32(exponent)) != 0 { value *= power }
        return value * 2 * growth / (1 + growth)
    }

    package init() {}
    init(cells: [Cell]) { self.cells = cells }
}

extension ByteWriter {
    mutating func write(_ sketch: Sketch) {
        write(list: sketch.cells) {
            $0.write($1.day)
            $0.write($1.bucket)
            $0.write($1.count)
        }
    }
}

extension ByteReader {
    mutating func readSketch() throws -> Sketch {
        Sketch(cells: try readList { .init(day: try $0.readDay(), bucket: try $0.readInt32(), count: try $0.readInt64()) })
    }
}
