package import TenureCore

/// What became of one entity, change by change, as far as clocks look at it: fields keep their newest value only, and
/// how long something took follows from when each value came.
package struct Trail: Hashable, Sendable {
    package struct Change: Hashable, Sendable {
        /// Among the layout's trails.
        package var place: Int
        package var value: JSON
        package var version: Version
    }

    /// In the order of their versions, whatever the order in which they came.
    package private(set) var changes: [Change] = []
    /// More changes than a ticket goes through; of more the newest are kept.
    static let changesMax = 64

    init() {}

    mutating func add(_ value: JSON, at place: Int, _ version: Version) {
        let index = changes.bisected { ($0.version, $0.place) < (version, place) }
        if index < changes.count, changes[index].version == version, changes[index].place == place { return }
        changes.insert(Change(place: place, value: value, version: version), at: index)
        if changes.count > Self.changesMax { changes.removeFirst() }
    }

    /// Changes of places that there are no more are gone.
    mutating func move(_ places: [Int?]) {
        changes = changes.compactMap { change in
            guard places.indices.contains(change.place), let place = places[change.place] else { return nil }
            return Change(place: place, value: change.value, version: change.version)
        }
        changes.sort { ($0.version, $0.place) < ($1.version, $1.place) }
    }

    /// One number for all that is known of the time up to an instant: another one when something of it changes.
    func evidence(through instant: Instant) -> UInt64 {
        changes.lazy.filter { $0.version.occurred <= instant }.reduce(0) { ($0 &* 31) &+ $1.version.tie &+ UInt64(bitPattern: Int64($1.place)) }
    }
}

extension ByteWriter {
    mutating func write(_ trail: Trail) {
        write(list: trail.changes) { writer, change in
            writer.write(change.place)
            writer.write(change.value)
            writer.write(change.version)
        }
    }
}

extension ByteReader {
    mutating func readTrail() throws -> Trail {
        let changes = try readList { reader in
            Trail.Change(place: try reader.readInt(), value: try reader.readJSON(), version: try reader.readVersion())
        }
        return Trail(changes: changes)
    }
}

extension Trail {
    fileprivate init(changes: [Change]) { self.changes = changes }
}
