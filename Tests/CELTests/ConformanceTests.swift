import CEL
import CELCases
import Foundation
import TenureCore
import Testing

/// The cases of google/cel-spec, from the JSON file that `CEL_CONFORMANCE` names; `tenure cel --cases` runs the same.
@Suite struct ConformanceTests {
    static let path = ProcessInfo.processInfo.environment["CEL_CONFORMANCE"]

    @Test func `without the specification's cases this says loudly that they were skipped`() {
        if Self.path == nil { print("SKIPPED: set CEL_CONFORMANCE to run the cases of google/cel-spec") }
        #expect(Self.path != "")
    }

    @Test(.enabled(if: path != nil, "CEL_CONFORMANCE names no file"))
    func `every case of the specification gives what it expects`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.path)))
        let tally = CaseTally(try ConformanceCase.read([UInt8](data)), zones: SystemZones())
        print("conformance: \(tally.text)")
        #expect(tally.failures.map(\.id) == [])
        #expect(tally.total.passed > 0)
    }

    func tally(_ text: String) throws -> CaseTally {
        CaseTally(try ConformanceCase.read(Array(text.utf8)), zones: SystemZones())
    }

    @Test func `a failure is told with what was wanted and what there was`() throws {
        let cases = """
            [{"id": "a/b/c", "feature": "core", "expr": "1 + 1", "expect": {"value": {"t": "int", "v": "3"}}},
             {"id": "a/b/d", "feature": "core", "expr": "1 / 0", "expect": {"error": ["division by zero"]}},
             {"id": "a/b/e", "feature": "ext:network", "expr": "ip('::1')", "expect": {"value": {"t": "null"}}},
             {"id": "a/b/f", "feature": "checker", "expr": "[1]", "deduced_type": "list(uint)", "expect": {"check_only": true}},
             {"id": "a/b/g", "feature": "core", "expr": "nope", "expect": {"value": {"t": "bool", "v": true}}},
             {"id": "a/b/h", "feature": "core", "expr": "1", "expect": {"error": ["none"]}}]
            """
        #expect(
            try tally(cases).text == """
                a/b/c  [core]
                  expression  1 + 1
                  expected    3
                  found       2

                a/b/f  [checker]
                  expression  [1]
                  expected    type list(uint)
                  found       type list(int)

                a/b/g  [core]
                  expression  nope
                  expected    true
                  found       mistakes: nothing here is called `nope`

                a/b/h  [core]
                  expression  1
                  expected    an error
                  found       1

                checker      0 passed, 1 failed, 0 skipped
                core         1 passed, 3 failed, 0 skipped
                ext:network  0 passed, 0 failed, 1 skipped (IP addresses and networks: no definition of a programme has them)
                1 passed, 4 failed, 1 skipped
                """)
    }

    @Test(arguments: [
        "{", "{}", "[1]", "[{}]", #"[{"feature": "core", "expr": "1", "expect": {}}]"#,
        #"[{"feature": "core", "expr": "1", "expect": {"value": {"t": "int", "v": "x"}}}]"#,
        #"[{"feature": "core", "expr": "x", "type_env": [{"name": "x", "type": "list("}], "expect": {"check_only": true}}]"#,
    ])
    func `a file that holds no cases is refused`(text: String) {
        #expect(throws: CaseFileMistake.self) { try tally(text) }
    }

    /// Cases of our own in the specification's form: what its file does not hold.
    static let own = try? Data(contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cases/own.json"))

    @Test func `our own cases give what they expect`() throws {
        let tally = CaseTally(try ConformanceCase.read([UInt8](try #require(Self.own))), zones: SystemZones())
        for failure in tally.failures { Issue.record("\(failure)") }
        #expect(tally.total.failed == 0 && tally.total.skipped == 0 && tally.total.passed > 300)
    }
}

struct SystemZones: ZoneSource {
    func offsetSeconds(zone: String, at: Int64) -> Int? {
        TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at)))
    }
}
