import TenureProgramme

/// A number in a table, which opens.
struct NumberCell {
    let title: String
    let text: String
    /// Where the number comes from.
    let link: String
}

extension Programme {
    /// A metric's value in its unit.
    func text(_ value: Double, of metric: MetricReference) -> String {
        metrics.first { $0.id == metric.metric }?.unit.text(value, currency) ?? Wording.number(value, places: 2)
    }
}
