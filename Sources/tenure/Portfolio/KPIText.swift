import TenureCore
import TenureInsight
import TenureProgramme

/// KPIs for the terminal, under their groups.
struct KPIText {
    let readings: [KPIReading]
    let programme: Programme

    var lines: [String] {
        var group = ""
        return readings.flatMap { reading -> [String] in
            defer { group = reading.kpi.group }
            let head = isSame(reading.kpi.group, group) ? [] : ["", "KPIs: \(reading.kpi.group)"]
            return head + [line(reading)]
        }
    }

    private func line(_ reading: KPIReading) -> String {
        let target = reading.kpi.target.map { "target \($0.words) \(number($0.value))" } ?? ""
        let reached = reading.isOnTarget.map { $0 ? "reached" : "missed" } ?? ""
        return "  " + padding(reading.kpi.title, 38) + padding(value(reading), 14, left: true) + "  "
            + padding(reading.band?.title ?? "", 20) + padding(target, 22) + padding(reached, 9)
            + (reading.trend?.rawValue ?? "no trend yet") + ", known of \(reading.now.known)"
    }

    private func value(_ reading: KPIReading) -> String {
        guard let value = reading.value else { return "unknown" }
        switch programme.unit(of: reading.kpi) {
        case .percent?: return number(value) + " %"
        case .money?: return programme.currency + " " + number(value)
        case .days?: return number(value) + " d"
        case .hours?: return number(value) + " h"
        case .minutes?: return number(value) + " min"
        case .seconds?: return number(value) + " s"
        case .milliseconds?: return number(value) + " ms"
        case .bool?, .count?, .ratio?, .score?, .points?, nil: return number(value)
        }
    }

    /// To a hundredth.
    private func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
