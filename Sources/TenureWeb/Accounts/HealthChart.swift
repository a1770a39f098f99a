import TenureCore
import TenureEngine
import TenureProgramme

/// Ninety days of health as a line over the band edges, drawn without script.
struct HealthChart {
    let width: Int
    let height: Int
    /// The line, broken where the score was unknown.
    let path: String
    let edges: [Edge]
    let first: String
    let last: String
    /// The same in words, for who cannot see it.
    let summary: String
    let plotWidth: Int
    let plotHeight: Int
    let textY: Int
    /// Closed days, each over its part of the chart.
    let days: [DayLink]
    /// Where a form asks for any day, and up to which there are some.
    let daysAction: String
    let lastDay: String

    struct DayLink {
        let x: Int
        let width: Int
        let link: String
        /// `9 Mar 2026: 71`
        let title: String
    }

    struct Edge {
        let y: Int
        let textY: Int
        let title: String
    }
}

extension HealthChart {
    private static let days: Int32 = 90
    private static let size = (width: 720, height: 184, plotWidth: 520, plotHeight: 150)

    init(_ snapshot: Snapshot) {
        let health = snapshot.conclusions.health
        let start = snapshot.today + -Self.days
        var points = health.daily.filter { $0.day >= start && $0.day < snapshot.today }.map {
            ($0.day, $0.scoreNano)
        }
        points.append((snapshot.today, snapshot.health?.scoreNano))
        (width, height) = (Self.size.width, Self.size.height)
        (plotWidth, plotHeight) = (Self.size.plotWidth, Self.size.plotHeight)
        textY = Self.size.plotHeight + 24
        path = Self.path(points, start)
        edges = snapshot.programme.programme.health.bands.filter { $0.from > 0 }.map { band in
            let y = Self.y(Int64(band.from) * nano)
            return Edge(y: y, textY: y + 4, title: "\(band.title) from \(band.from)")
        }
        first = Wording.day(start)
        last = Wording.day(snapshot.today)
        summary = Self.summary(points.compactMap(\.1))
        days = Self.links(points.filter { $0.0 < snapshot.today }, start, snapshot.account.text)
        daysAction = Links.days(snapshot.account.text)
        lastDay = (snapshot.today + -1).text
    }

    private static func x(_ day: Day, _ start: Day) -> Int { Int(day - start) * size.plotWidth / Int(days) }

    private static func links(_ points: [(Day, Int64?)], _ start: Day, _ account: String) -> [DayLink] {
        points.map { day, score in
            let (x, end) = (x(day, start), x(day + 1, start))
            return DayLink(
                x: x, width: end - x, link: Links.day(account, day),
                title: "\(Wording.day(day)): \(score.map { String(roundedHalfUp($0)) } ?? "unknown")")
        }
    }

    private static func y(_ score: Int64) -> Int {
        size.plotHeight - Int(score / (100 * nano / Int64(size.plotHeight)))
    }

    private static func path(_ points: [(Day, Int64?)], _ start: Day) -> String {
        var path = ""
        var isPenDown = false
        for (day, score) in points {
            guard let score else {
                isPenDown = false
                continue
            }
            path += "\(isPenDown ? "L" : "M")\(x(day, start)) \(y(score)) "
            isPenDown = true
        }
        return path
    }

    private static func summary(_ scores: [Int64]) -> String {
        guard let first = scores.first, let last = scores.last, let low = scores.min(),
            let high = scores.max()
        else {
            return "No score is known in the last 90 days."
        }
        let (from, to) = (roundedHalfUp(first), roundedHalfUp(last))
        return "From \(from) to \(to); lowest \(roundedHalfUp(low)), highest \(roundedHalfUp(high))."
    }
}
