import ArgumentParser
import CELCases
import Foundation
import TenureCore
import TenureProgramme
import TenureRuntime

struct CELCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cel",
        abstract: "Evaluate one expression, or run cases of google/cel-spec.",
        discussion: """
            tenure cel 'size(tags) > 1 && tier == "pro"' --with account.json
            tenure cel --cases conformance.json

            Exit code 1: mistakes in the expression, an error as its value, or cases that fail.
            """)

    @Argument(help: "An expression.")
    var expression: String?

    @Option(help: "A JSON object: its members are the names that the expression may mention.")
    var with: String?

    @Option(help: "A JSON file of cases (form: docs/reference/cel.md); each failure is printed, and the counts.")
    var cases: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (expression == nil) != (cases == nil) else {
            throw ValidationError("Give an expression or --cases FILE.json, one of the two.")
        }
        guard with == nil || cases == nil else { throw ValidationError("--with goes with an expression only.") }
    }

    func run() throws {
        if let cases { return try runCases(cases) }
        let bound = try with.map { try CELFiles.object($0) } ?? JSONObject()
        let answer = ExpressionAnswer(expression ?? "", bound)
        print(json ? answer.json.text : answer.text)
        if !answer.isWell { throw ExitCode(1) }
    }

    private func runCases(_ path: String) throws {
        let tally = CaseTally(try CELFiles.cases(path), zones: embeddedProgrammes.zones)
        print(json ? tally.json.text : tally.text)
        if tally.total.failed > 0 { throw ExitCode(1) }
    }
}

/// What the command reads.
enum CELFiles {
    private static let byteLimit = 64 * 1024 * 1024

    static func cases(_ path: String) throws -> [ConformanceCase] {
        do {
            return try ConformanceCase.read(try bytes(path))
        } catch let mistake as CaseFileMistake {
            throw Failure(
                code: "bad-cases", what: "\(path)\(mistake.place.map { ", \($0)" } ?? ""): \(mistake.what)",
                remedy: "The form of a case: docs/reference/cel.md, Conformance.")
        }
    }

    static func object(_ path: String) throws -> JSONObject {
        let remedy = "Give a file such as {\"tier\": \"pro\", \"seats\": 12}."
        switch JSONReader.read(try bytes(path)) {
        case .success(.object(let object)): return object
        case .success(let value):
            throw Failure(code: "not-an-object", what: "\(path) holds \(value.kindName), not an object.", remedy: remedy)
        case .failure(let refusal):
            throw Failure(
                code: refusal.reason.rawValue, what: "\(path) is no JSON: \(refusal.reason.rawValue) at byte \(refusal.offset).",
                remedy: remedy)
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(code: "unreadable-file", what: "\(path) cannot be read.", remedy: "Is the path right, and may you read the file?")
        }
        guard data.count <= byteLimit else {
            throw Failure(code: "file-too-large", what: "\(path) is larger than 64 MiB.", remedy: "Split the file.")
        }
        return [UInt8](data)
    }
}
