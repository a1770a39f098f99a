import Foundation
import Testing

@testable import TenureAuthoring

@Suite struct `The catalogue of mistakes` {
    @Test func `says of every code what the code says`() throws {
        let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(
                path: "docs/authoring/mistakes.md")
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("| P")
        }
        #expect(rows.map(String.init) == MistakeCode.allCases.map { "| \($0.rawValue) | \($0.meaning) |" })
    }

    @Test func `never gives two mistakes one code`() {
        #expect(Set(MistakeCode.allCases.map(\.rawValue)).count == MistakeCode.allCases.count)
    }
}
