import CEL
package import TenureCore

/// Expressions name the zones that Tenure carries, never those of the operating system.
extension ZoneTable: ZoneSource {
    package func offsetSeconds(zone: String, at seconds: Int64) -> Int? {
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return nil }
        return self[zone].map { Int($0.offsetSeconds(at: Instant(milliseconds: milliseconds))) }
    }
}
