import ArgumentParser
import Logging
import Foundation
import TenureCore
import TenureEngine
import TenureRuntime

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take accounts, contacts, contracts and events from CSV files.",
        discussion: """
            Files are taken in the order accounts, contacts, contracts, events, whatever order they are given in; what a \
            file holds is told by its name (accounts.csv) or by kind=path. Events of the past build metrics and scores \
            behind the import fence: they mail nobody. The server must not be running on the same data.
            """)

    @Argument(help: "Files, as accounts.csv or events=path/to/file.csv.")
    var files: [String]

    @Option(help: "Folder that holds everything.")
    var data = "tenure-data"

    @Option(help: "Workspace to import into; made if it does not exist.")
    var workspace = "main"

    @Option(help: "Programme of a new workspace: an embedded one's name, or a folder.")
    var programme = "starter"

    @Option(help: "Report every refused line to this file.")
    var report: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        var logger = ServerOptionsLogger.make()
        logger.logLevel = .error
        let deployment = try await Deployment(directory: data, url: "http://127.0.0.1:8080", logger: logger)
        let target = try await deployment.workspace(workspace, programme: programme)
        var result = ImportResult()
        for (kind, path) in try ordered() { try await take(kind, path, target, &result) }
        await deployment.close()
        try finish(result)
    }

    private func ordered() throws -> [(ImportKind, String)] {
        let named = try files.map { text -> (ImportKind, String) in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let path = parts.count == 2 ? parts[1] : text
            let name = parts.count == 2 ? parts[0] : URL(filePath: path).deletingPathExtension().lastPathComponent
            guard let kind = ImportKind(rawValue: name) else {
                throw ValidationError("“\(text)”: name the kind, as in events=\(path); kinds are accounts, contacts, contracts, events.")
            }
            return (kind, path)
        }
        return ImportKind.allCases.flatMap { kind in named.filter { $0.0 == kind } }
    }

    private func take(_ kind: ImportKind, _ path: String, _ target: Workspace, _ result: inout ImportResult) async throws {
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw Failure(code: "no-such-file", what: "\(path) cannot be read.", remedy: "Check the path and its permissions.")
        }
        var reader = CSVReader(Array(contents))
        let header: [String]
        do {
            guard let first = try reader.next() else {
                throw Failure(code: "empty-file", what: "\(path) is empty.", remedy: "The first line names the columns.")
            }
            header = first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        } catch let mistake as CSVReader.Mistake {
            throw Failure(code: "malformed-csv", what: "\(path), line \(mistake.line): \(mistake.what).", remedy: "Mend the header line.")
        }
        for name in kind.required where !header.contains(name) {
            throw Failure(
                code: "missing-column", what: "\(path) has no column “\(name)”; it has \(header.joined(separator: ", ")).",
                remedy: "A file of \(kind.rawValue) needs the columns \(kind.required.joined(separator: ", ")).")
        }
        let rows = RowReading(
            kind: kind, header: header, programme: target.programme, source: "import", isHistory: true)
        try await feed(&reader, rows, path, target, &result)
    }

    private func feed(
        _ reader: inout CSVReader, _ rows: RowReading, _ path: String, _ target: Workspace, _ result: inout ImportResult
    ) async throws {
        var arrivals: [(line: Int, arrival: Arrival)] = []
        while true {
            do {
                guard let cells = try reader.next() else { break }
                arrivals.append((reader.line, try rows.arrival(cells)))
            } catch let mistake as RowMistake {
                result.refuse(path, reader.line, mistake.what)
            } catch let mistake as CSVReader.Mistake {
                result.refuse(path, mistake.line, mistake.what)
                break
            }
            if arrivals.count % 5000 == 0 { bar("reading \(path)", reader.progress) }
        }
        // Past days are lived through in their order, whatever the order of the file.
        if rows.kind == .events {
            arrivals.sort { ($0.arrival.occurred ?? wallClock(), $0.line) < ($1.arrival.occurred ?? wallClock(), $1.line) }
        }
        try await submit(arrivals, path, target, &result)
    }

    private func submit(
        _ arrivals: [(line: Int, arrival: Arrival)], _ path: String, _ target: Workspace, _ result: inout ImportResult
    ) async throws {
        let batch = 2000
        let check = target.eventCheck
        for start in stride(from: 0, to: arrivals.count, by: batch) {
            let part = arrivals[start..<min(start + batch, arrivals.count)]
            let checked = part.map { ($0, check.refusal($0.arrival, received: wallClock())) }
            for (row, refusal) in checked { if let refusal { result.refuse(path, row.line, refusal.detail) } }
            let sound = checked.filter { $0.1 == nil }.map(\.0)
            let answers = try await target.perform(sound.map(\.arrival))
            for (row, answer) in zip(sound, answers) { result.count(answer, path, row.line) }
            bar(path, Double(start + part.count) / Double(arrivals.count))
        }
        endBar()
    }

    private func finish(_ result: ImportResult) throws {
        if let report { try result.report.write(toFile: report, atomically: true, encoding: .utf8) }
        print(json ? result.json.text : result.summary(reportedTo: report))
        if !result.refused.isEmpty { throw ExitCode(3) }
    }
}

/// What became of an import's rows.
struct ImportResult {
    var accepted = 0
    var duplicates = 0
    var quarantined = 0
    var refused: [(path: String, line: Int, what: String)] = []

    mutating func refuse(_ path: String, _ line: Int, _ what: String) { refused.append((path, line, what)) }

    mutating func count(_ answer: ArrivalAnswer, _ path: String, _ line: Int) {
        switch answer {
        case .accepted: accepted += 1
        case .duplicate: duplicates += 1
        case .quarantined: quarantined += 1
        case .rejected(let refusal): refuse(path, line, refusal.detail)
        case .refused(let reason): refuse(path, line, reason)
        }
    }

    var report: String { refused.map { "\($0.path):\($0.line): \($0.what)\n" }.joined() }

    func summary(reportedTo report: String?) -> String {
        var lines = ["\(accepted) taken, \(duplicates) seen before, \(quarantined) waiting for their account, \(refused.count) refused"]
        lines += refused.prefix(20).map { "  \($0.path):\($0.line): \($0.what)" }
        if refused.count > 20 { lines.append("  … and \(refused.count - 20) more\(report.map { ", all in \($0)" } ?? "; see them all with --report FILE")") }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        [
            "accepted": .int(Int64(accepted)), "duplicate": .int(Int64(duplicates)),
            "quarantined": .int(Int64(quarantined)),
            "refused": .array(
                refused.map { ["file": .string($0.path), "line": .int(Int64($0.line)), "detail": .string($0.what)] }),
        ]
    }
}
