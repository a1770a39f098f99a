import TenureCore
import TenureProgramme

extension Reading {
    func kpi(_ definition: Definition) -> KPI? {
        let id = definition.id
        let fields = Fields(definition.map, .kpi, self)
        let title = fields.text("title") ?? id
        let meaning = fields.text("meaning") ?? ""
        let group = fields.node("group").flatMap { self.id($0, "group") } ?? ""
        let better = fields.choice("better", KPI.Direction.self)
        let measure = kpiMeasure(fields)
        let target = fields.map("target").flatMap { valueEdge(Fields($0, .kpiTarget, self)) }
        let (bands, bandMaps) = kpiBands(fields)
        let trend = fields.map("trend").map { Fields($0, .kpiTrend, self) }
        let requirements = fields.requirements(.kpi, id)
        let (days, zone) = (trend?.whole("days"), trend?.number("within"))
        if let better { checkKPI(fields, better, target, bands, bandMaps, measure.map { kpiRange($0) } ?? .anything) }
        guard let better, let measure else { return nil }
        var kpi = KPI(id: id, title: title, measure: measure, better: better)
        (kpi.meaning, kpi.group, kpi.target, kpi.bands) = (meaning, group, target, bands)
        (kpi.trendDays, kpi.deadZone) = (days ?? KPI.trendDaysStandard, zone ?? 0)
        kpi.requirements = requirements
        return kpi
    }

    private func kpiMeasure(_ fields: Fields) -> KPIMeasure? {
        guard let said = fields.only(of: KPIMeasureKey.allCases.map(\.rawValue)), let key = KPIMeasureKey(rawValue: said)
        else { return nil }
        switch key {
        case .metric: return fields.node(said).flatMap { metric($0, said, of: "KPI") }.map { .account($0) }
        case .share, .count:
            return fields.map(said).flatMap { kpiShare($0) }.map { key == .share ? .share($0, among: $1) : .count($0, among: $1) }
        case .mean: return fields.map(said).flatMap { kpiOver($0) }.map { .mean($0, among: $1) }
        case .median: return fields.map(said).flatMap { kpiOver($0) }.map { .median($0, among: $1) }
        case .sum: return fields.map(said).flatMap { kpiOver($0) }.map { .sum($0, among: $1) }
        case .ratio: return fields.map(said).flatMap { kpiRatio($0) }
        case .revenue: return fields.choice(said, KPIMeasure.RevenueRate.self).map { .revenue($0) }
        }
    }

    private func kpiShare(_ map: MapNode) -> (KPIRange, KPIRange?)? {
        let fields = Fields(map, .kpiShare, self)
        let range = kpiRange(fields)
        let among = kpiAmong(fields)
        guard let range, among != nil || !fields.has("among") else { return nil }
        return (range, among)
    }

    private func kpiOver(_ map: MapNode) -> (MetricReference, KPIRange?)? {
        let fields = Fields(map, .kpiOver, self)
        let metric = fields.node("metric").flatMap { self.metric($0, "metric", of: "KPI") }
        let among = kpiAmong(fields)
        guard let metric, among != nil || !fields.has("among") else { return nil }
        return (metric, among)
    }

    private func kpiAmong(_ fields: Fields) -> KPIRange? {
        fields.map("among").flatMap { kpiRange(Fields($0, .kpiRange, self)) }
    }

    private func kpiRatio(_ map: MapNode) -> KPIMeasure? {
        let fields = Fields(map, .kpiRatio, self)
        let of = fields.node("of").flatMap { metric($0, "of", of: "KPI") }
        let to = fields.node("to").flatMap { metric($0, "to", of: "KPI") }
        let scale = fields.number("scale") ?? 1
        guard let of, let to else { return nil }
        return .ratio(of: of, to: to, scale: scale, isRounded: fields.flag("round"))
    }

    private func kpiRange(_ fields: Fields) -> KPIRange? {
        let metric = fields.node("metric").flatMap { self.metric($0, "metric", of: "KPI") }
        let edge = valueEdge(fields)
        guard let metric, let edge else { return nil }
        return KPIRange(metric: metric, edge: edge)
    }

    private func kpiBands(_ fields: Fields) -> ([KPIBand], [MapNode]) {
        guard fields.has("bands") else { return ([], []) }
        let maps = fields.maps("bands", required: true)
        let bands = maps.compactMap { kpiBand($0) }
        checkIDs(of: .band, maps)
        return bands.count == maps.count ? (bands, maps) : ([], [])
    }

    private func kpiBand(_ map: MapNode) -> KPIBand? {
        let fields = Fields(map, .kpiBand, self)
        let id = fields.node("id").flatMap { self.id($0, "id") }
        let title = fields.text("title")
        let tone = fields.choice("tone", HealthBand.Tone.self)
        let hasEdge = hasEdge(fields)
        let edge = hasEdge ? valueEdge(fields) : nil
        guard let id, let title, let tone, hasEdge == (edge != nil) else { return nil }
        return KPIBand(id: id, title: title, tone: tone, edge: edge)
    }

    /// What the value can be, as far as the measure alone says.
    private func kpiRange(_ measure: KPIMeasure) -> NumberRange {
        switch measure {
        case .account(let metric), .mean(let metric, _), .median(let metric, _):
            names.metrics[metric.metric]?.range ?? .anything
        case .share: .points
        case .count: .fromZero
        case .revenue(.nrr), .revenue(.netRenewal): .fromZero
        case .revenue: .points
        case .sum, .ratio: .anything
        }
    }
}
