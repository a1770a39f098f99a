import TenureCore

extension Observations {
    /// Moves every accumulator from its place in one layout to its place in another, by what it measures: what only the
    /// new one has starts empty, what only the old one had is dropped.
    ///
    /// - Parameter filling: the same account's observations in the new layout, for what only that has.
    package mutating func move(from old: Layout, to new: Layout, filling: Observations? = nil) {
        guard old != new else { return }
        rings = Self.moved(rings, old.rings, new.rings, filling?.rings, empty: DailySums())
        lifetimes = Self.moved(lifetimes, old.lifetimes, new.lifetimes, filling?.lifetimes, empty: 0)
        lasts = Self.moved(lasts, old.lasts, new.lasts, filling?.lasts, empty: nil)
        firsts = Self.moved(firsts, old.instants, new.instants, filling?.firsts, empty: nil)
        newests = Self.moved(newests, old.instants, new.instants, filling?.newests, empty: nil)
        sketches = Self.moved(sketches, old.sketches, new.sketches, filling?.sketches, empty: Sketch())
        features = Self.moved(features, old.features, new.features, filling?.features, empty: DailySums())
        distincts = Self.moved(distincts, old.distincts, new.distincts, filling?.distincts, empty: DistinctTable())
        newestOfEach = Self.moved(
            newestOfEach, old.newestOfEach, new.newestOfEach, filling?.newestOfEach, empty: NewestTable())
        // A trail that was not kept is not there to be moved, and an entity that nobody looked at neither.
        if let filling, !Set(new.trails).isSubset(of: old.trails) { return entities = filling.entities }
        entities.move(
            { Self.moved($0.fields, old.fields(of: $0.kind), new.fields(of: $0.kind), nil, empty: nil) },
            trails: old.trails.map { trail in new.trails.firstIndex { isSame($0, trail) } })
    }

    private static func moved<Value>(
        _ values: [Value], _ old: [String], _ new: [String], _ filling: [Value]?, empty: Value
    ) -> [Value] {
        new.indices.map { index in
            if let place = old.firstIndex(where: { isSame($0, new[index]) }), values.indices.contains(place) {
                return values[place]
            }
            return filling.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? empty
        }
    }
}

extension Layout {
    /// Whether another layout accumulates everything that this one does.
    package func isCovered(by other: Layout) -> Bool {
        zip(parts, other.parts).allSatisfy { mine, theirs in Set(mine).isSubset(of: theirs) }
    }

    fileprivate func fields(of kind: String) -> [String] { entityFields.filter { $0.hasPrefix(kind + ".") } }

    private var parts: [[String]] {
        [rings, lifetimes, lasts, instants, sketches, features, entityFields, distincts, newestOfEach, trails]
    }

    /// As it is kept beside the states that follow it.
    package var text: String { JSON.array(parts.map { .array($0.map { .string($0) }) }).text }

    /// nil for anything but what `text` gave; before there was anything to tell apart there were two lists less, and
    /// before there were clocks one.
    package init?(text: String) {
        guard case .success(let value) = JSONReader.read(text), let lists = value.array, [7, 9, 10].contains(lists.count)
        else { return nil }
        let parts = lists.map { ($0.array ?? []).compactMap(\.string) }
        self.init()
        (rings, lifetimes, lasts, instants) = (parts[0], parts[1], parts[2], parts[3])
        (sketches, features, entityFields) = (parts[4], parts[5], parts[6])
        if parts.count > 7 { (distincts, newestOfEach) = (parts[7], parts[8]) }
        if parts.count > 9 { trails = parts[9] }
    }
}
