import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureStore

/// Where the metrics that are asked for stand among those of a day.
struct DayPlaces {
    private let references: [MetricReference]
    /// By number: how many metrics a day has, and the place of each reference.
    private let layouts: [Int: (count: Int, places: [MetricReference: Int])]

    init(_ layouts: [MetricLayout], _ references: [MetricReference]) {
        self.references = references
        self.layouts = Dictionary(
            layouts.map { layout in
                let places = Dictionary(layout.names.enumerated().map { (ID<MetricLayout>($1), $0) }) { first, _ in first }
                let wanted = references.compactMap { reference in places[ID(reference.text)].map { (reference, $0) } }
                return (layout.number, (layout.names.count, Dictionary(wanted) { first, _ in first }))
            }
        ) { first, _ in first }
    }

    func metrics(of account: AccountID, _ close: DailyRow.Close) throws -> KPIMetrics? {
        guard let layout = layouts[close.layout] else { return nil }
        let values = try MetricVector(bytes: close.metrics).values(count: layout.count)
        return KPIMetrics(account: account, references) { reference in layout.places[reference].flatMap { values[$0].value } }
    }
}
