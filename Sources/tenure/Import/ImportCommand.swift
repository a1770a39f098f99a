import ArgumentParser
import Foundation
import Logging
import TenureCore
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
        let header = try header(path)
        for name in kind.required where !header.contains(name) {
            throw Failure(
                code: "missing-column", what: "\(path) has no column “\(name)”; it has \(header.joined(separator: ", ")).",
                remedy: "A file of \(kind.rawValue) needs the columns \(kind.required.joined(separator: ", ")).")
        }
        let rows = RowReading(
            kind: kind, header: header, programme: target.programme, source: ImportDesk.source, isHistory: true)
        bar("reading \(path)", 0)
        let feed = try malformed(path) { try RowFeed(rows, path: path) }
        result.add(path, try await target.take(feed, pace: .alone, keeping: .max) { bar(path, $0) })
        endBar()
    }

    private func header(_ path: String) throws -> [String] {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Failure(code: "no-such-file", what: "\(path) cannot be read.", remedy: "Check the path and its permissions.")
        }
        let first = try malformed(path) {
            var reader = try CSVReader(path: path)
            return try reader.next()
        }
        guard let first else {
            throw Failure(code: "empty-file", what: "\(path) is empty.", remedy: "The first line names the columns.")
        }
        return first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    }

    private func malformed<Value>(_ path: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let mistake as CSVReader.Mistake {
            throw Failure(code: "malformed-csv", what: "\(path), line \(mistake.line): \(mistake.what).", remedy: "Mend the line.")
        }
    }

    private func finish(_ result: ImportResult) throws {
        if let report { try result.report.write(toFile: report, atomically: true, encoding: .utf8) }
        print(json ? result.json.text : result.summary(reportedTo: report))
        if !result.refused.isEmpty { throw ExitCode(3) }
    }
}
