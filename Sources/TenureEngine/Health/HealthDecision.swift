package import TenureCore

package enum HealthDecision: Hashable, Sendable {
    /// The reading changed: another score, another coverage, other contributions.
    case scoreMoved(HealthReading)
    /// The band that people see changed; nil: too little is known.
    case bandChanged(from: Int?, to: Int?)
    /// A new band holds but waits for its dwell; nil: it no longer does.
    case bandWaiting(Int?, since: Day?)
    /// The local day ended with this reading, and with these metrics, which no conclusion remembers.
    case dayClosed(Day, HealthReading, belowBestSince: Day?, MetricVector)
    /// Another version of the programme has other bands: the shown one stands at this place there; nil: it is gone.
    case bandsReplaced(shown: Int?)

    var kind: String {
        switch self {
        case .scoreMoved: "scoreMoved"
        case .bandChanged: "bandChanged"
        case .bandWaiting: "bandWaiting"
        case .dayClosed: "dayClosed"
        case .bandsReplaced: "bandsReplaced"
        }
    }

    static let dailyMax = 91

    func apply(to health: inout HealthConclusions, at: Instant) {
        switch self {
        case .scoreMoved(let reading): health.reading = reading
        case .bandChanged(_, let band):
            health.displayedBand = band
            health.waitingBand = nil
            health.waitingSince = nil
        case .bandWaiting(let band, let since):
            health.waitingBand = band
            health.waitingSince = since
        case .dayClosed(let day, let reading, let belowBestSince, _):
            health.reading = reading
            health.belowBestSince = belowBestSince
            health.daily.append(.init(day: day, scoreNano: reading.scoreNano))
            if health.daily.count > Self.dailyMax { health.daily.removeFirst(health.daily.count - Self.dailyMax) }
        case .bandsReplaced(let shown):
            health.displayedBand = shown
            health.waitingBand = nil
            health.waitingSince = nil
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .scoreMoved(let reading):
            writer.write(byte: 0)
            writer.write(reading)
        case .bandChanged(let from, let to):
            writer.write(byte: 1)
            writer.write(from) { $0.write($1) }
            writer.write(to) { $0.write($1) }
        case .bandWaiting(let band, let since):
            writer.write(byte: 2)
            writer.write(band) { $0.write($1) }
            writer.write(since) { $0.write($1) }
        case .dayClosed(let day, let reading, let below, let metrics):
            writer.write(byte: 3)
            writer.write(day)
            writer.write(reading)
            writer.write(below) { $0.write($1) }
            writer.write(bytes: metrics.bytes)
        case .bandsReplaced(let shown):
            writer.write(byte: 4)
            writer.write(shown) { $0.write($1) }
        }
    }

    init(from reader: inout ByteReader) throws {
        switch try reader.readByte() {
        case 0: self = .scoreMoved(try reader.readHealthReading())
        case 1:
            self = .bandChanged(
                from: try reader.readOptional { try $0.readInt() }, to: try reader.readOptional { try $0.readInt() })
        case 2:
            self = .bandWaiting(
                try reader.readOptional { try $0.readInt() }, since: try reader.readOptional { try $0.readDay() })
        case 3:
            self = .dayClosed(
                try reader.readDay(), try reader.readHealthReading(),
                belowBestSince: try reader.readOptional { try $0.readDay() }, MetricVector(bytes: try reader.readBytes()))
        case 4: self = .bandsReplaced(shown: try reader.readOptional { try $0.readInt() })
        default: throw CorruptBytes(offset: reader.offset)
        }
    }
}
