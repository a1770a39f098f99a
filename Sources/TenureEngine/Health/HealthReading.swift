package import TenureCore

/// One complete answer to "how is this account?": every intermediate value kept, so that it can be shown and recomputed.
///
/// Points are integers in billionths (nano-points): sums are exact and the same on every machine.
package struct HealthReading: Hashable, Sendable {
    package var modelVersion: Int
    package var components: [ComponentReading]
    package var groups: [GroupReading]
    /// Before caps; nil: too little is known.
    package var rawNano: Int64?
    /// After caps.
    package var scoreNano: Int64?
    /// Percent of the model's weight that is known, in millionths of a percent.
    package var coverageMicros: Int64
    /// Caps whose condition holds, and those that could not be decided, by index in the model.
    package var caps: [CapReading]
    /// Index of the band of the integer score; nil with it.
    package var band: Int?

    /// Rounded half up: the integer that people see and that bands compare.
    package var score: Int? { scoreNano.map { roundedHalfUp($0) } }
    package var rawScore: Int? { rawNano.map { roundedHalfUp($0) } }
}

package struct ComponentReading: Hashable, Sendable {
    /// The metric's value as it was; nil: unknown.
    package var value: Double?
    package var pointsNano: Int64?
    /// What it adds to the raw score; 0 when unavailable. All of them sum to it exactly.
    package var contributionNano: Int64
    /// Effective weight in billionths of the whole; 0 when unavailable.
    package var weightNano: Int64
    package var unknown: UnknownReason?
    /// Observations behind the value.
    package var sample: Int64
}

package struct GroupReading: Hashable, Sendable {
    package var pointsNano: Int64?
    /// A person gave the whole group's points: its components then add nothing themselves.
    package var isJudged: Bool
    package var contributionNano: Int64
    package var weightNano: Int64
}

package struct CapReading: Hashable, Sendable {
    package var cap: Int
    /// False: its condition is unknown; shown, not applied.
    package var isApplied: Bool
}

/// Why a metric has no value.
package enum UnknownReason: UInt8, Hashable, Sendable, CaseIterable {
    case noData, sampleTooSmall, stale, expired, unknownInput, failed
}

package let nano: Int64 = 1_000_000_000

package func roundedHalfUp(_ points: Int64) -> Int { Int(floorDivide(points + nano / 2, nano)) }

extension ByteWriter {
    package mutating func write(_ reading: HealthReading) {
        write(reading.modelVersion)
        write(list: reading.components) {
            $0.write($1.value) { $0.write($1) }
            $0.write($1.pointsNano) { $0.write($1) }
            $0.write($1.contributionNano)
            $0.write($1.weightNano)
            $0.write($1.unknown) { $0.write(byte: $1.rawValue) }
            $0.write($1.sample)
        }
        write(list: reading.groups) {
            $0.write($1.pointsNano) { $0.write($1) }
            $0.write($1.isJudged)
            $0.write($1.contributionNano)
            $0.write($1.weightNano)
        }
        write(reading.rawNano) { $0.write($1) }
        write(reading.scoreNano) { $0.write($1) }
        write(reading.coverageMicros)
        write(list: reading.caps) {
            $0.write($1.cap)
            $0.write($1.isApplied)
        }
        write(reading.band) { $0.write($1) }
    }
}

extension ByteReader {
    package mutating func readHealthReading() throws -> HealthReading {
        HealthReading(
            modelVersion: try readInt(), components: try readList { try $0.readComponentReading() },
            groups: try readList {
                GroupReading(
                    pointsNano: try $0.readOptional { try $0.readInt64() }, isJudged: try $0.readBool(),
                    contributionNano: try $0.readInt64(), weightNano: try $0.readInt64())
            }, rawNano: try readOptional { try $0.readInt64() }, scoreNano: try readOptional { try $0.readInt64() },
            coverageMicros: try readInt64(),
            caps: try readList { CapReading(cap: try $0.readInt(), isApplied: try $0.readBool()) },
            band: try readOptional { try $0.readInt() })
    }

    private mutating func readComponentReading() throws -> ComponentReading {
        ComponentReading(
            value: try readOptional { try $0.readDouble() }, pointsNano: try readOptional { try $0.readInt64() },
            contributionNano: try readInt64(), weightNano: try readInt64(),
            unknown: try readOptional { reader in
                guard let reason = UnknownReason(rawValue: try reader.readByte()) else {
                    throw CorruptBytes(offset: reader.offset)
                }
                return reason
            }, sample: try readInt64())
    }
}
