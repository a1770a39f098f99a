import TenureCore
import TenureEngine

/// Moments of the local days of several zones, in the order in which they come.
struct LocalMoments: Sendable {
    struct Moment: Sendable {
        var at: Instant
        var zone: String
        var day: Day
    }

    let moments: [Moment]

    /// - Parameter timeOfDay: milliseconds on the wall clock; nil: the end of the day.
    init(_ zones: [ZoneRules], _ days: ClosedRange<Day>, timeOfDay: Int64?) {
        var moments: [Moment] = []
        for number in days.lowerBound.number...days.upperBound.number {
            let day = Day(number: number)
            moments += zones.map { zone in
                let at = timeOfDay.map { zone.instant(day: day, millisecondsOfDay: $0) } ?? zone.instant(day: day + 1)
                return Moment(at: at, zone: zone.name, day: day)
            }
        }
        self.moments = moments.sorted { ($0.at, $0.zone, $0.day) < ($1.at, $1.zone, $1.day) }
    }
}
