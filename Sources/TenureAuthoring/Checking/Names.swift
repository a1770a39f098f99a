import CEL
import TenureCore
import TenureProgramme

/// What references and conditions may mention, gathered before anything is read in earnest. A plain value, so
/// that vocabularies can keep it.
struct Names: Sendable {
    struct DeclaredMetric: Sendable {
        /// `unit: bool`
        var isTruth: Bool
        var windows: [Int]
        /// Ids of the steps of a judged metric; nil for any other.
        var grades: [String]?
        var better = Metric.Direction.none
        /// What its values can be, by its measure.
        var range = NumberRange.anything
    }

    var metrics: [String: DeclaredMetric] = [:]
    /// In the order of the outline.
    var metricIDs: [String] = []
    /// The ids of each SLA's clocks.
    var slas: [String: [String]] = [:]
    var signals: [String] = []
    var plays: [String] = []
    /// The ids of each play's steps.
    var steps: [String: [String]] = [:]
    /// The outcomes that each play's exits name.
    var outcomes: [String: [String]] = [:]
    /// What is to be ticked off, by play and step.
    var tasks: [String: [String]] = [:]
    var groups: [String] = []
    /// `group.component`
    var components: [String] = []
    var bands: [String] = []
    var kpis: [String] = []
    /// The ids of each KPI's bands.
    var kpiBands: [String: [String]] = [:]
    var tiers: [String] = []
    var segments: [String] = []
    var roles: [String] = []
    /// The standard ones and the programme's own; a role that is named on accounts is one of them.
    var accountFields: [AccountField] = AccountField.standard
    var eventFields: [String: [EventField]] = [:]
    var entityFields: [String: [EventField]] = [:]

    /// Every text that `m("…")` takes.
    var metricTexts: [String] {
        metricIDs.flatMap { id in
            let windows = metrics[id]?.windows ?? []
            return windows.isEmpty ? [id] : windows.map { MetricReference(metric: id, windowDays: $0).text }
        }
    }

    /// Every text that `sla("…")` takes: an SLA, or one of its clocks.
    var slaTexts: [String] {
        slas.sorted { precedes($0.key, $1.key) }.flatMap { sla, clocks in
            [sla] + clocks.map { SLAName(sla + "." + $0).text }
        }
    }

    var gradedMetrics: [String] { metricIDs.filter { metrics[$0]?.grades != nil } }
    var dateFields: [String] { accountFields.filter { $0.kind == .date }.map(\.id) }
}

/// What a text that should name a metric turned out to be.
enum MetricLookup {
    case found(MetricReference)
    case unknown
    /// The metric is there, but this window is not among its windows (nil: none was written).
    case wrongWindow(metric: String, written: String?, windows: [Int])
}

extension Names {
    /// A metric with its window as the last segment, or bare when it has none.
    func metric(_ text: String) -> MetricLookup {
        if let metric = metrics[text] {
            return metric.windows.isEmpty
                ? .found(MetricReference(metric: text, windowDays: nil))
                : .wrongWindow(metric: text, written: nil, windows: metric.windows)
        }
        guard let dot = text.lastIndex(of: "."), let metric = metrics[String(text[..<dot])] else {
            return .unknown
        }
        let (id, window) = (String(text[..<dot]), String(text[text.index(after: dot)...]))
        if let days = windowDays(window), metric.windows.contains(days) {
            return .found(MetricReference(metric: id, windowDays: days))
        }
        return .wrongWindow(metric: id, written: window, windows: metric.windows)
    }

    func metricType(_ text: String) -> Type? {
        guard case .found(let reference) = metric(text), let metric = metrics[reference.metric] else {
            return nil
        }
        return metric.isTruth ? .bool : .double
    }
}

/// `30d` is 30, `lifetime` is 0; nil for anything else.
func windowDays(_ text: String) -> Int? {
    if text == "lifetime" { return 0 }
    guard text.hasSuffix("d"), let days = PlainNumber.whole(String(text.dropLast())), days > 0 else {
        return nil
    }
    return days
}

/// The windows of a metric as they are written behind its id.
func windowTexts(_ windows: [Int]) -> [String] { windows.map { $0 == 0 ? "lifetime" : "\($0)d" } }
