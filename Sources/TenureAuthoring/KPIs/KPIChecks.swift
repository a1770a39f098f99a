import TenureProgramme

extension Reading {
    /// Edges look the way that is better, each band takes some values and together they take all.
    func checkKPI(
        _ fields: Fields, _ better: KPI.Direction, _ target: ValueEdge?, _ bands: [KPIBand], _ maps: [MapNode],
        _ range: NumberRange
    ) {
        if let target, let map = fields.map["target"]?.map { checkEdge(target, map, better, range) }
        for (band, map) in zip(bands, maps) { band.edge.map { checkEdge($0, map, better, range) } }
        guard bands.allSatisfy({ $0.edge.map { $0.direction == better } ?? true }) else { return }
        for index in bands.indices.dropFirst() {
            guard let before = bands[..<index].last(where: { $0.takesAll(of: bands[index]) }),
                let place = bands.firstIndex(of: before)
            else { continue }
            report(.kpiBandTakesNothing(bands[index].id, at: maps[index].idPlace, before: maps[place].idPlace))
        }
        if let last = bands.last, last.edge != nil, let map = maps.last { report(.kpiBandsLeaveGap(last.id, at: map.idPlace)) }
    }

    private func checkEdge(_ edge: ValueEdge, _ map: MapNode, _ better: KPI.Direction, _ range: NumberRange) {
        guard let entry = map.entries.first(where: { Form.edgeKeys.contains($0.key.text) }) else { return }
        if edge.direction != better {
            report(.kpiEdgeAgainstDirection(entry.key, better))
        } else if !range.hasValues(passing: edge) || range.passesWhole(edge) {
            report(.kpiEdgeOutOfReach(entry.value.place, range))
        }
    }
}

extension KPIBand {
    /// Whether no value is left for the other one.
    fileprivate func takesAll(of other: KPIBand) -> Bool {
        guard let edge else { return true }
        return other.edge.map { edge.includes($0) } ?? false
    }
}

extension MapNode {
    fileprivate var idPlace: Place { self["id"]?.place ?? place }
}

extension NumberRange {
    fileprivate func hasValues(passing edge: ValueEdge) -> Bool {
        switch edge.direction {
        case .up: highest.map { edge.holds($0) } ?? true
        case .down: lowest.map { edge.holds($0) } ?? true
        }
    }

    /// An edge that every value passes tells nothing apart.
    fileprivate func passesWhole(_ edge: ValueEdge) -> Bool {
        switch edge.direction {
        case .up: lowest.map { edge.holds($0) } ?? false
        case .down: highest.map { edge.holds($0) } ?? false
        }
    }

    fileprivate var sentence: String {
        switch (lowest, highest) {
        case (let lowest?, let highest?): "Its values go from \(shortest(lowest)) to \(shortest(highest))."
        case (let lowest?, nil): "Its values are not below \(shortest(lowest))."
        case (nil, let highest?): "Its values are not above \(shortest(highest))."
        case (nil, nil): ""
        }
    }
}

extension Diagnostic {
    static func kpiEdgeAgainstDirection(_ key: Scalar, _ better: KPI.Direction) -> Diagnostic {
        let (taken, keys) =
            switch better {
            case .up: ("smaller", ["above", "at_least"])
            case .down: ("larger", ["below", "at_most"])
            }
        return Diagnostic(
            .kpiEdgeAgainstDirection, "`\(key.text)` takes what is worse", at: Label(key.place, "\(taken) values pass"),
            why: "Bands are written best first, and with `better: \(better.rawValue)` each takes the values on the better side of its edge.",
            hint: "write \(listed(keys))")
    }

    static func kpiBandTakesNothing(_ id: String, at place: Place, before: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .kpiBandTakesNothing, "no value gets to the band `\(id)`", at: Label(place, "never taken"),
            why: "The first band that holds is taken. Bands are written best first, each beginning beyond the one before.")
        mistake.labels.append(Label(before, "this one takes all of its values"))
        return mistake
    }

    static func kpiBandsLeaveGap(_ id: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .kpiBandsLeaveGap, "values beyond the band `\(id)` have no band", at: Label(place, "it is the last and has an edge"),
            why: "The last band takes whatever the others left, so that every value has a band.",
            hint: "remove its edge, or add a band without one")
    }

    static func kpiEdgeOutOfReach(_ place: Place, _ range: NumberRange) -> Diagnostic {
        Diagnostic(
            .kpiEdgeOutOfReach, "this edge tells no values apart", at: Label(place, "beyond what the KPI can be"),
            why: range.sentence)
    }
}
