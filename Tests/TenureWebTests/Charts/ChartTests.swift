import TenureCore
import Testing

@testable import TenureWeb

/// Charts are values: what is drawn follows from what is given, pixel by pixel.
struct ChartTests {
    private static let first = ZoneRules.utc.day(at: TestHouse.now)

    private func point(_ offset: Int32, _ value: Double?) -> LineChart.Point {
        .init(day: Self.first + offset, value: value, text: value.map { Wording.number($0) } ?? "unknown", link: "/d/\(offset)")
    }

    private func chart(_ values: [Double?], events: [LineChart.Event] = []) -> LineChart {
        let points = values.enumerated().map { point(Int32($0), $1) }
        return LineChart(
            id: "c", title: "Health", summary: LineChart.summary(points), points: points,
            days: Self.first...(Self.first + 4), scale: ChartScale(low: 0, high: 100, pixels: LineChart.size.plotHeight),
            edges: [(70, "Healthy from 70")], events: events)
    }

    @Test func `a line is drawn in whole pixels and broken where the value is unknown`() {
        #expect(chart([0, 50, nil, 100, 71]).path == "M0 150 L180 75 M540 0 L720 43")
        #expect(chart([]).path == "")
        #expect(chart([nil, nil]).path == "")
    }

    @Test func `values beyond the scale and what is no number stay on the chart`() {
        let scale = ChartScale(low: 0, high: 100, pixels: 10)
        #expect([-5, 0, 50, 100, 1e300, .infinity].map(scale.across) == [0, 0, 5, 10, 10, 10])
        #expect([.nan, -.infinity].map(scale.across) == [0, 0])
        #expect(ChartScale(low: 3, high: 3, pixels: 10).across(7) == 0)
        #expect(ChartScale.around([5, 5], pixels: 10).across(5) == 5)
        #expect(ChartScale.around([], pixels: 10).across(.nan) == 0)
    }

    @Test func `the summary and the table say what the line shows`() {
        let chart = chart([40, nil, 20, 90, 60], events: [.init(day: Self.first + 2, title: "Raised: Few users", kind: .raised)])
        #expect(chart.summary == "From 40 to 60; lowest 20, highest 90.")
        #expect(chart.rows.map(\.value) == ["60", "90", "20", "unknown", "40"])
        #expect(chart.rows.compactMap(\.events) == ["Raised: Few users"] && chart.rows[2].link == "/d/2")
        #expect(self.chart([nil]).summary == "Nothing is known of these days.")
    }

    @Test func `an edge, an event and a day stand where their values are`() {
        let events = [LineChart.Event(day: Self.first + 2, title: "t", kind: .started), .init(day: Self.first + 9, title: "late", kind: .raised)]
        let chart = chart([1, 2, 3, 4, 5], events: events)
        #expect(chart.edges.map(\.y) == [45] && chart.edges[0].textY == 40)
        #expect(chart.marks.map(\.path) == ["M360 161 l4 4 l-4 4 l-4 -4 z"] && chart.marks[0].tone == "started")
        #expect(chart.spots.map(\.x) == [0, 180, 360, 540] && chart.spots.allSatisfy { $0.width == 180 })
    }

    @Test func `a sparkline ends in a dot at the last value that is known`() throws {
        let spark = try #require(Sparkline([0, 50, 100, nil], low: 0, high: 100, title: "t"))
        #expect(spark.path == "M2 18 L27 10 L53 2" && (spark.endX, spark.endY) == (53, 2))
        #expect(Sparkline([nil, 5, nil], title: "t") == nil)
        #expect(Sparkline([7, 7], title: "t")?.path == "M2 10 L78 10")
    }

    @Test func `contributions go to both sides of the middle, and the largest fills its half`() {
        let bars = SignedBar.all([100, -50, 0, 1])
        #expect(bars.map(\.x) == [50, 25, 50, 50] && bars.map(\.width) == [50, 25, 0, 1])
        #expect(bars.map(\.tone) == ["gain", "loss", "gain", "gain"])
        #expect(SignedBar.all([]).isEmpty && SignedBar.all([.min])[0].width == 50)
    }

    @Test func `a distribution counts each value once, those beyond the range at its ends`() {
        let values = [-1, 0, 9.9, 10, 99, 100, 200, .nan]
        let chart = Distribution(id: "d", title: "t", values: values, range: 0...100, steps: 10) { from, _ in "\(Int(from))" }
        #expect(chart.bars.map(\.count) == ["3", "1", "0", "0", "0", "0", "0", "0", "0", "3"])
        #expect(chart.summary == "0: 3, 10: 1, 90: 3.")
        #expect(chart.bars[0].height == 110 && chart.bars[2].height == 0 && chart.bars[1].y == 93)
        let empty = Distribution(id: "d", title: "t", values: [], range: 0...100, steps: 0) { _, _ in "" }
        #expect(empty.bars.count == 1 && empty.summary == "There is nothing to count yet.")
    }

    @Test func `the drawn line is a picture with a title, a description and a table`() throws {
        let html = try Templates.page("design", #require(Samples.models["design"])).text
        for part in [
            #"role="img" aria-labelledby="example-title example-summary""#, #"<title id="example-title">"#,
            #"<desc id="example-summary">"#, #"<details class="chart-days" id="example-days">"#, #"<path class="chart-mark raised""#,
        ] {
            #expect(html.contains(part), "\(part)")
        }
    }
}
