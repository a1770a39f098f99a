import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// Every component with its class and when to use it, drawn by the parts of which pages are made.
struct DesignPage {
    let shell: Shell
    let colours: [Colour]
    let sizes: [Size]
    let badges: [BandBadge]
    let line: LineChart
    let spark: Sparkline?
    let contributions: [Contribution]
    let distribution: Distribution
    let definitions: [Definition]

    /// A token for colour.
    struct Colour {
        let name: String
        let use: String
    }

    /// A token for type.
    struct Size {
        let name: String
        let use: String
    }

    struct Contribution {
        let title: String
        let value: String
        let bar: SignedBar
    }
}

extension DesignPage {
    init(shell: Shell, today: Day) {
        self.shell = shell
        colours = Self.colours.map { Colour(name: $0.0, use: $0.1) }
        sizes = Self.sizes.map { Size(name: $0.0, use: $0.1) }
        badges = Self.tones.map { BandBadge(HealthBand(id: $0.rawValue, title: Wording.title($0.rawValue), from: 0, tone: $0)) }
            + [BandBadge(HealthBand?.none)]
        line = Self.line(today)
        spark = Sparkline([71, 70, 68, nil, 60, 62, 66, 71, 74], low: 55, high: 80, title: "Nine days, from 71 to 74")
        let moved: [(String, Int64)] = [("Open tickets", -8_250_000_000), ("Features used", 3_100_000_000), ("Contact", 400_000_000)]
        contributions = zip(moved, SignedBar.all(moved.map(\.1))).map { term, bar in
            Contribution(title: term.0, value: Wording.nanoPoints(term.1, signed: true), bar: bar)
        }
        distribution = Distribution(
            id: "example-distribution", title: "Accounts by score", values: [12, 34, 38, 55, 61, 64, 72, 77, 78, 81, 93], range: 0...100, steps: 5
        ) { from, to in "\(Int(from))–\(Int(to))" } tone: { $0 < 40 ? "critical" : $0 < 60 ? "warning" : "good" }
        definitions = [
            Definition(title: "Health", meaning: "How likely the account is to stay, as a weighted sum of its components, from 0 to 100.")
        ]
    }

    private static let tones: [HealthBand.Tone] = [.good, .fair, .warning, .critical]

    private static func line(_ today: Day) -> LineChart {
        let values: [Double?] = [74, 73, 75, 72, 66, 58, nil, 52, 55, 61, 64, 70, 72]
        let days = (today + -Int32(values.count - 1))...today
        let points = values.enumerated().map { place, value in
            LineChart.Point(
                day: days.lowerBound + Int32(place), value: value, text: value.map { Wording.number($0) } ?? "unknown", link: "#line")
        }
        return LineChart(
            id: "example", title: "Health over 13 days", summary: LineChart.summary(points), points: points, days: days,
            scale: ChartScale(low: 0, high: 100, pixels: LineChart.size.plotHeight),
            edges: [(70, "Healthy from 70"), (50, "At risk from 50")],
            events: [
                .init(day: days.lowerBound + 5, title: "Raised: Use falls", kind: .raised),
                .init(day: days.lowerBound + 6, title: "Started: Win back use", kind: .started),
            ])
    }

    private static let colours = [
        ("ground", "behind everything"), ("card", "what belongs together, fields"), ("shade", "what is pressed or is under the pointer"),
        ("ink", "text"), ("quiet", "text that is not read first"), ("line", "between rows"), ("rule", "edges of fields, under totals"),
        ("accent", "links, the focus, the one line of a chart"), ("good", "a good band, what adds"), ("fair", "a fair band"),
        ("warning", "a band at risk, a date that is near"), ("critical", "a critical band, what takes away, overdue"),
    ]

    private static let sizes = [
        ("text-small", "labels, captions, what is quiet"), ("text", "all else"), ("text-large", "headings of sections"),
        ("text-title", "the page's heading"), ("text-figure", "the one figure that a page is about"),
    ]
}

enum DesignPages {
    static let routes: [Route] = [
        .page(Links.design) { call, visitor in
            // What the example of a form sends.
            _ = try call.query(allowing: ["q", "owner"])
            let today = visitor.workspace.programme.defaultZoneRules.day(at: call.house.clock())
            return try Templates.page("design", DesignPage(shell: try await Shell("Components", visitor, call.house), today: today))
        }
    ]
}
