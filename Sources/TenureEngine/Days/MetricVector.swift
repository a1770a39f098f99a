import TenureCore

/// Every metric of an account at one instant, in the order of the programme's `dayMetrics`: about two bytes each.
///
/// Numbers are millionths, so that two readings of a day are the same or are not; unknown is a value with its reason.
/// What the places mean stands elsewhere, once for all accounts and days.
package struct MetricVector: Hashable, Sendable {
    /// As they are kept.
    package let bytes: [UInt8]

    package static let empty = MetricVector(bytes: [])

    /// - Parameter bytes: read back from where they were kept.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    package init(_ readings: some Sequence<MetricReading>) {
        var writer = VectorWriter()
        for reading in readings { writer.write(MetricValue(reading)) }
        bytes = writer.finish()
    }
}

/// One metric of a day that is kept.
package struct MetricValue: Hashable, Sendable {
    /// Millionths; nil: unknown. A value that does not fit stands as the largest or smallest one.
    package let micros: Int64?
    /// Observations behind it.
    package let sample: Int64
    package let unknown: UnknownReason?

    package var value: Double? { micros.map { Double($0) / 1_000_000 } }

    package init(_ reading: MetricReading) {
        micros = reading.value.map { scaled($0) }
        sample = reading.sample
        unknown = micros == nil ? reading.unknown ?? .noData : nil
    }

    fileprivate init(micros: Int64, sample: Int64) {
        self.micros = micros
        self.sample = sample
        unknown = nil
    }

    fileprivate init(sample: Int64, unknown: UnknownReason) {
        micros = nil
        self.sample = sample
        self.unknown = unknown
    }
}

/// Not a number is never known.
private func scaled(_ value: Double) -> Int64 { micros(value) ?? (value > 0 ? .max : .min) }

// MARK: - Binary form

/// A vector is a row of varints whose two lowest bits say what follows. Unknown ones in a row for the same reason, as a
/// young account has many, are one part.
private enum Part {
    /// Above: whether it has a sample, four bits of the reason, and how many more follow alike.
    static let unknown: UInt64 = 0
    /// A whole number that is its own sample.
    static let count: UInt64 = 1
    /// A whole number, then the sample.
    static let whole: UInt64 = 2
    /// Millionths, then the sample.
    static let micros: UInt64 = 3

    static let hasSample: UInt64 = 1 << 2
    static let million: Int64 = 1_000_000

    static func zigzag(_ number: Int64) -> UInt64 { UInt64(bitPattern: (number << 1) ^ (number >> 63)) }
    static func number(_ zigzag: UInt64) -> Int64 { Int64(bitPattern: (zigzag >> 1) ^ (0 &- (zigzag & 1))) }
}

private struct VectorWriter {
    private var writer = ByteWriter()
    private var run: (reason: UnknownReason, more: UInt64)?

    mutating func write(_ value: MetricValue) {
        guard let micros = value.micros else { return write(value.unknown ?? .noData, value.sample) }
        endRun()
        let (whole, rest) = micros.quotientAndRemainder(dividingBy: Part.million)
        guard rest == 0 else {
            writer.write(Part.micros)
            writer.write(micros)
            return writer.write(value.sample)
        }
        let isCount = whole == value.sample
        writer.write(Part.zigzag(whole) << 2 | (isCount ? Part.count : Part.whole))
        if !isCount { writer.write(value.sample) }
    }

    mutating func finish() -> [UInt8] {
        endRun()
        return writer.bytes
    }

    private mutating func write(_ reason: UnknownReason, _ sample: Int64) {
        if sample == 0, let known = run, known.reason == reason { return run = (reason, known.more + 1) }
        endRun()
        guard sample != 0 else { return run = (reason, 0) }
        writer.write(UInt64(reason.rawValue) << 3 | Part.hasSample | Part.unknown)
        writer.write(sample)
    }

    private mutating func endRun() {
        guard let known = run else { return }
        writer.write(known.more << 7 | UInt64(known.reason.rawValue) << 3 | Part.unknown)
        run = nil
    }
}

extension MetricVector {
    /// Throws `CorruptBytes` unless the bytes are a vector of so many metrics.
    package func values(count: Int) throws -> [MetricValue] {
        var reader = ByteReader(bytes)
        var values: [MetricValue] = []
        while !reader.isAtEnd {
            let head = try reader.readUInt64()
            let part = try Self.part(head, &reader, most: count - values.count)
            values += part
        }
        guard values.count == count else { throw CorruptBytes(offset: reader.offset) }
        return values
    }

    private static func part(_ head: UInt64, _ reader: inout ByteReader, most: Int) throws -> [MetricValue] {
        let whole = Part.number(head >> 2)
        switch head & 3 {
        case Part.unknown: return try unknown(head, &reader, most: most)
        case Part.micros: return [MetricValue(micros: try reader.readInt64(), sample: try reader.readInt64())]
        case Part.count: return [try known(whole, sample: whole, reader)]
        case _: return [try known(whole, sample: try reader.readInt64(), reader)]
        }
    }

    private static func known(_ whole: Int64, sample: Int64, _ reader: ByteReader) throws -> MetricValue {
        let (micros, overflow) = whole.multipliedReportingOverflow(by: Part.million)
        guard !overflow else { throw CorruptBytes(offset: reader.offset) }
        return MetricValue(micros: micros, sample: sample)
    }

    private static func unknown(_ head: UInt64, _ reader: inout ByteReader, most: Int) throws -> [MetricValue] {
        let (more, hasSample) = (head >> 7, head & Part.hasSample != 0)
        guard let reason = UnknownReason(rawValue: UInt8((head >> 3) & 15)), more < UInt64(max(0, most)) else {
            throw CorruptBytes(offset: reader.offset)
        }
        let value = MetricValue(sample: hasSample ? try reader.readInt64() : 0, unknown: reason)
        return Array(repeating: value, count: Int(more) + 1)
    }
}
