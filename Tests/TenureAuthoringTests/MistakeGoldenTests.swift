import Foundation
import Testing

@testable import TenureAuthoring

/// What an author reads for each mistake, word for word, in Goldens; `UPDATE_SNAPSHOTS=1` writes them anew.
@Suite struct `Every mistake` {
    @Test(arguments: MistakeCode.allCases) func `reads as its golden says`(code: MistakeCode) throws {
        let folder = ExampleFolder(code.example.text)
        let found = folder.mistakes.filter { $0.code == code }
        try expectGolden(
            mistakeText(found, folder.own, catalogue: folder.catalogue), "Mistakes/\(code.rawValue).txt")
    }

    @Test(arguments: MistakeCode.allCases) func `is the only one in its example`(code: MistakeCode) {
        let codes = ExampleFolder(code.example.text).codes
        // The last of them is the one that says that there are more.
        let expected =
            code == .tooManyMistakes ? ["P012"] + Array(repeating: "P103", count: 200) : [code.rawValue]
        #expect(codes == expected)
    }

    @Test(arguments: MistakeCode.allCases) func `is gone when its example is mended`(code: MistakeCode) {
        let example = code.example
        let parts = example.text.split(separator: example.wrong, omittingEmptySubsequences: false)
        #expect(parts.count == 2, "what is wrong stands there once")
        let mended = ExampleFolder(parts.joined(separator: example.right))
        #expect(mended.text == "")
    }

    @Test func `has one golden, and every golden one mistake`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: goldens.appending(path: "Mistakes").path)
        #expect(files.sorted() == MistakeCode.allCases.map { "\($0.rawValue).txt" }.sorted())
    }

    @Test func `can be explained`() {
        let text = MistakeCode.unknownMetric.explanation
        #expect(text.hasPrefix("P214: There is no such metric"))
        #expect(text.contains("\n    signals: ["))
        #expect(text.hasSuffix("Here: write `users.active.7d` instead of `user.active.7d`."))
        #expect(MistakeCode.nearest(to: "P224").first == .unknownSLA)
        #expect(MistakeCode.nearest(to: "P").isEmpty)
    }
}

@Suite struct `A folder of thirty mistakes` {
    private var folder: ProgrammeFolder {
        get throws {
            let place = goldens.appending(path: "Thirty").path
            let paths = try #require(FileManager.default.enumerator(atPath: place)).compactMap {
                $0 as? String
            }
            return try ProgrammeFolder(
                files: paths.filter { ProgrammeFolder.holds($0) }.map { path in
                    (path, try String(contentsOfFile: place + "/" + path, encoding: .utf8))
                })
        }
    }

    @Test func `has all of them said at once, as its golden says`() throws {
        let folder = try folder
        try expectGolden(mistakeText(folder), "thirty.txt")
        let mistakes = read(folder).mistakes
        #expect(mistakes.count == 30)
        #expect(mistakes.allSatisfy { $0.severity == .error })
    }

    @Test func `has none of them said twice`() throws {
        let mistakes = read(try folder).mistakes
        #expect(Set(mistakes).count == mistakes.count)
        #expect(Set(mistakes.map { $0.labels[0].place }).count == mistakes.count)
    }

    /// Each mistake that is mended takes its own report away and brings no other.
    @Test(arguments: [
        ("programme.yaml", "timezone", "time_zone", "P102"),
        ("programme.yaml", "9-17", "09:00-17:00", "P112"),
        ("programme.yaml", "    title: Large customers\n", "", "P008"),
        ("programme.yaml", "entreprise", "enterprise", "P309"),
        ("events.yaml", "kind: tickets", "kind: ticket", "P203"),
        ("events.yaml", "\"now\"", "{time: true}", "P128"),
        ("metrics.yaml", "120d", "30d", "P406 P215"), ("metrics.yaml", "exportet", "exported", "P201"),
        ("metrics.yaml", "percentage", "percent", "P105"), ("health.yaml", "weight: 0", "weight: 1", "P401"),
        ("signals.yaml", " and ", " && ", "P301"), ("signals.yaml", "P1M", "1mo", "P110"),
        ("plays.yaml", "cms", "csm", "P206"), ("plays.yaml", "quite", "quiet", "P208"),
        ("plays.yaml", ", contact:sponsor", "", "P221"), ("tests.yaml", "recoverd", "recovered", "P706"),
    ]) func `has one less when one is mended`(
        file: String, wrong: String, right: String, codes: String
    ) throws {
        let folder = try folder
        let mended = ProgrammeFolder(
            files: folder.files.map {
                $0.path == file ? ($0.path, $0.text.replacing(wrong, with: right)) : $0
            })
        var expected = read(folder).mistakes.map(\.code.rawValue)
        for code in codes.split(separator: " ") {
            expected.remove(at: try #require(expected.firstIndex(of: String(code))))
        }
        #expect(
            read(mended).mistakes.filter { $0.severity == .error }.map(\.code.rawValue).sorted()
                == expected.sorted())
    }
}
