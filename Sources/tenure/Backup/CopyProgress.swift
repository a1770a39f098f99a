import TenureRuntime

/// How far a copy of known size is, shown, and held to its pace.
final class CopyProgress {
    private let title: String
    private let total: Int
    private let pace: Pace
    private var done = 0

    init(_ title: String, total: Int, bytesPerSecond: Int) {
        self.title = title
        self.total = total
        pace = Pace(bytesPerSecond: bytesPerSecond)
    }

    /// So many bytes more.
    func take(_ bytes: Int) {
        done += bytes
        bar(title, Double(done) / Double(max(1, total)))
        pace.take(bytes)
    }
}

/// Bytes as people read them.
func readableBytes(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    guard bytes >= 1000 else { return "\(bytes) bytes" }
    var value = Double(bytes) / 1000
    var place = 0
    while value >= 1000, place < units.count - 1 {
        value /= 1000
        place += 1
    }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[place])"
}
