import TenureCore
import TenureInsight
import TenureProgramme

/// KPIs as pages show them, listed under their groups.
struct KPIGroup {
    let title: String
    let lines: [KPILine]

    /// - Parameters:
    ///   - page: where its definition is explained.
    ///   - link: where its value, now or before, comes from.
    static func all(
        _ readings: [KPIReading], _ programme: Programme, page: (KPIReading) -> String, link: (KPIReading, _ isBefore: Bool) -> String
    ) -> [KPIGroup] {
        var groups: [(id: String, lines: [KPILine])] = []
        for reading in readings {
            let line = KPILine(
                reading, programme, page: page(reading), link: link(reading, false), before: link(reading, true))
            if let place = groups.firstIndex(where: { isSame($0.id, reading.kpi.group) }) {
                groups[place].lines.append(line)
            } else {
                groups.append((reading.kpi.group, [line]))
            }
        }
        return groups.map { KPIGroup(title: Wording.title($0.id), lines: $0.lines) }
    }
}

struct KPILine {
    let title: String
    let meaning: String
    /// Address of the KPI's own page.
    let page: String
    let value: String
    let link: String
    /// nil: it has no bands.
    let badge: BandBadge?
    /// `at least 80 %`; nil: there is none.
    let target: String?
    /// nil: there is no target, or nobody knows.
    let reached: String?
    let trend: String
    let before: String
    let beforeLink: String
    let detail: String
}

extension KPILine {
    init(_ reading: KPIReading, _ programme: Programme, page: String, link: String, before: String) {
        let kpi = reading.kpi
        let unit = KPIUnit(kpi, programme)
        self.page = page
        self.link = link
        title = kpi.title
        meaning = kpi.meaning
        value = unit.text(reading.value)
        badge = kpi.bands.isEmpty ? nil : BandBadge(reading.band)
        target = kpi.target.map { unit.text($0) }
        reached = reading.isOnTarget.map { $0 ? "reached" : "not reached" }
        trend = reading.trend?.rawValue ?? "no trend yet"
        self.before = "\(unit.text(reading.then.value)) \(Wording.plural(kpi.trendDays, "day", "days")) before"
        beforeLink = before
        detail = "known of \(reading.now.known) of \(Wording.plural(reading.now.accounts, "account", "accounts"))"
    }
}

/// Numbers of a KPI as pages write them.
struct KPIUnit {
    private let unit: Metric.Unit?
    private let currency: String

    init(_ kpi: KPI, _ programme: Programme) {
        unit = programme.unit(of: kpi)
        currency = programme.currency
    }

    func text(_ value: Double?) -> String {
        value.map { unit?.text($0, currency) ?? Wording.number($0, places: 2) } ?? "unknown"
    }

    func text(_ edge: ValueEdge) -> String { edge.words + " " + text(edge.value) }
}
