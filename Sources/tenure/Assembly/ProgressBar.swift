import Foundation
import Logging

/// A bar on standard error, drawn over itself; silent when nobody looks at a terminal.
func bar(_ title: String, _ fraction: Double) {
    guard isatty(STDERR_FILENO) != 0 else { return }
    let filled = Int(max(0, min(1, fraction)) * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    FileHandle.standardError.write(Data("\r\(bar) \(Int(fraction * 100)) %  \(title)\u{1B}[K".utf8))
}

func endBar() {
    guard isatty(STDERR_FILENO) != 0 else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
}

enum ServerOptionsLogger {
    static func make() -> Logger { Logger(label: "tenure") { StreamLogHandler.standardError(label: $0) } }
}
