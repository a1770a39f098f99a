import TenureProgramme

extension Reading {
    func health(_ map: MapNode) -> HealthModel {
        let fields = Fields(map, .health, self)
        let id = fields.node("id").flatMap { self.id($0, "id") } ?? ""
        var model = HealthModel(id: id)
        if let node = map["id"] { sources.add(.health, id, at: node.place) }
        model.version = fields.whole("version") ?? 1
        model.coverageFloor = fields.whole("coverage_floor") ?? model.coverageFloor
        model.groupCoverageFloor =
            fields.whole("group_coverage_floor") ?? model.groupCoverageFloor
        model.hysteresisPoints = fields.whole("hysteresis") ?? 0
        model.dwellDays = fields.whole("dwell_days") ?? 0
        model.groups = unique(fields.maps("groups"), .group, "") { healthGroup($0, $1) }
        model.caps = unique(fields.maps("caps"), .cap, "") { healthCap($0, $1) }
        let bands = fields.maps("bands")
        model.bands = unique(bands, .band, "") { healthBand($0, $1) }
        checkBands(bands)
        model.requirements = fields.requirements(.health, id)
        return model
    }

    /// Reads definitions that are nested in another one, each with an id that is unique among them.
    func unique<Value>(
        _ maps: [MapNode], _ kind: DefinitionKind, _ prefix: String, _ read: (MapNode, String) -> Value?
    ) -> [Value] {
        var seen: [String: Place] = [:]
        return maps.compactMap { map in
            let node = map["id"]
            if node == nil, !hasKey(like: "id", map, of: nil) {
                report(.missingKey("id", of: kind.rawValue, at: map.place))
            }
            let id = node.flatMap { self.id($0, "id") } ?? ""
            let place = node?.place ?? map.place
            if let first = seen[id], !id.isEmpty { report(.duplicateID(kind, id, at: place, first: first)) }
            seen[id] = seen[id] ?? place
            if sources[kind, prefix + id] == nil { sources.add(kind, prefix + id, at: place) }
            return read(map, id)
        }
    }

    private func healthGroup(_ map: MapNode, _ id: String) -> HealthGroup? {
        let fields = Fields(map, .group, self)
        let title = fields.text("title")
        let weight = weight(fields)
        let components = unique(fields.maps("components"), .component, id + ".") {
            component($0, $1, group: id)
        }
        let requirements = fields.requirements(.group, id)
        guard let title, let weight else { return nil }
        var group = HealthGroup(id: id, title: title, weight: weight, components: components)
        group.requirements = requirements
        return group
    }

    private func weight(_ fields: Fields) -> Int64? {
        fields.whole("weight").map { Int64($0) }
    }

    private func component(_ map: MapNode, _ id: String, group: String) -> HealthComponent? {
        let fields = Fields(map, .component, self)
        let title = fields.text("title")
        let weight = weight(fields)
        let metric = fields.node("metric").flatMap {
            self.metric($0, "metric", of: "health component")
        }
        let curve = fields.node("curve").flatMap { self.curve($0) }
        let requirements = fields.requirements(.component, "\(group).\(id)")
        guard let title, let weight, let metric, let curve else { return nil }
        var component = HealthComponent(id: id, title: title, weight: weight, metric: metric, curve: curve)
        component.requirements = requirements
        return component
    }

    private func healthCap(_ map: MapNode, _ id: String) -> HealthCap? {
        let fields = Fields(map, .cap, self)
        let title = fields.text("title")
        let when = fields.condition("when", Vocabularies(names: names).account(.cap))
        let most = fields.whole("at_most")
        let requirements = fields.requirements(.cap, id)
        guard let title, let when, let most else { return nil }
        var cap = HealthCap(id: id, title: title, when: when, pointsMax: most)
        cap.requirements = requirements
        return cap
    }

    private func healthBand(_ map: MapNode, _ id: String) -> HealthBand? {
        let fields = Fields(map, .band, self)
        let title = fields.text("title")
        let from = fields.whole("from")
        let tone = fields.choice("tone", HealthBand.Tone.self)
        let colour = fields.node("colour").flatMap { self.colour($0) } ?? ""
        let (action, description) = (fields.text("action") ?? "", fields.text("description") ?? "")
        let days = fields.whole("review_every_days")
        let requirements = fields.requirements(.band, id)
        guard let title, let from, let tone else { return nil }
        var band = HealthBand(id: id, title: title, from: from, tone: tone)
        (band.colour, band.action, band.description, band.reviewEveryDays) = (
            colour, action, description, days
        )
        band.requirements = requirements
        return band
    }

    private func colour(_ node: Node) -> String? {
        guard let scalar = scalar(node, "colour", "a colour in quotes, such as `\"#10B981\"`") else {
            return nil
        }
        let digits = scalar.text.dropFirst()
        if scalar.text.hasPrefix("#"), digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
            return scalar.text
        }
        report(.malformedColour(scalar))
        return nil
    }

    /// Best first, down to zero, so that every score has one band.
    private func checkBands(_ maps: [MapNode]) {
        let edges = maps.compactMap { map in
            map["from"]?.scalar.flatMap { scalar in PlainNumber.whole(scalar.text).map { ($0, scalar) } }
        }
        guard edges.count == maps.count, let last = edges.last else { return }
        for (higher, lower) in zip(edges, edges.dropFirst()) where lower.0 >= higher.0 {
            report(.bandsNotDescending(lower.1, after: higher.1))
        }
        if last.0 != 0 { report(.bandsNotToZero(last.1)) }
    }
}
