import Foundation
import Testing

@testable import TenureAuthoring

@Suite struct `The catalogue of mistakes` {
    private let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/authoring/mistakes.md")

    @Test func `is the page that the command prints`() throws {
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(
            text == MistakePage.markdown,
            "write it anew: tenure check --mistakes > docs/authoring/mistakes.md")
    }

    @Test func `never gives two mistakes one code`() {
        #expect(Set(MistakeCode.allCases.map(\.rawValue)).count == MistakeCode.allCases.count)
    }

    @Test func `puts every code into one family`() {
        #expect(MistakeFamily.allCases.flatMap(\.codes).count == MistakeCode.allCases.count)
    }
}
