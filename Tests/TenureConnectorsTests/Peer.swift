import Foundation
import TenureCore
import TenureRuntime
import Testing

/// A server in Python that a test talks to over a real socket; it ends with the test.
final class Peer {
    let port: Int
    let folder: URL
    private let process: Process
    private let input: Pipe
    /// The file that a client must trust to trust this peer.
    let authority: String

    init(_ script: String, _ arguments: [String] = [], certificate: HomeMadeCertificate? = nil) throws {
        folder = try Self.makeFolder()
        authority = folder.appending(path: "certificate.pem").path
        try certificate?.pem.write(to: URL(filePath: authority))
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let tls = certificate == nil ? [] : ["--certificate", authority]
        process.arguments = ["python3", Self.script(script), folder.path] + tls + arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .newlines)), "the peer did not start")
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Sends while the peer is alive for sure: a variable may end at its last use.
    func take(_ delivery: Delivery, from channel: some Channel) async -> DeliveryOutcome {
        await channel.send(delivery)
    }

    /// What the peer kept, oldest first: the files of one kind.
    func kept(_ ending: String) throws -> [Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(ending) }
            .sorted()
            .map { try Data(contentsOf: folder.appending(path: $0)) }
    }

    func facts() throws -> [JSON] {
        try kept(".json").map { try JSONReader.read(Array($0), limits: .generous).get() }
    }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "tenure-peer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func script(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers/\(name)").path
    }

    /// Whether python3 with aiosmtpd is here; without, the tests that need it are skipped and say so.
    static let isAvailable = exitCode("python3", ["-c", "import aiosmtpd.smtp"]) == 0
    static let canMakeCertificates = exitCode("openssl", ["version"]) == 0

    private static func exitCode(_ program: String, _ arguments: [String]) -> Int32 {
        (try? run(program, arguments).code) ?? -1
    }

    static func run(_ program: String, _ arguments: [String], input: Data = Data()) throws -> (
        code: Int32, out: Data
    ) {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let out = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, out)
    }
}

extension JSONReader.Limits {
    static var generous: Self {
        var limits = Self()
        limits.stringBytes = 1_000_000
        return limits
    }
}

/// A certificate of our own for 127.0.0.1 and localhost, or for another name, with its key.
struct HomeMadeCertificate {
    let pem: Data

    init(name: String = "localhost") throws {
        let folder = try Peer.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key"), folder.appending(path: "certificate"))
        let names = name == "localhost" ? "IP:127.0.0.1,DNS:localhost" : "DNS:\(name)"
        let made = try Peer.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", key.path, "-out", certificate.path, "-days", "2", "-subj", "/CN=\(name)",
                "-addext",
                "subjectAltName=\(names)",
            ])
        try #require(made.code == 0)
        pem = try Data(contentsOf: certificate) + Data(contentsOf: key)
    }
}

/// A mail as Python's mail reader, which is not ours, understands it.
struct MailAsRead {
    let json: JSON

    init(_ bytes: [UInt8]) throws {
        let run = try Peer.run("python3", [Peer.script("read_mail.py")], input: Data(bytes))
        try #require(run.code == 0, "Python could not read the mail")
        json = try JSONReader.read(Array(run.out), limits: .generous).get()
    }

    var errors: [String] { json.object?["errors"]?.array?.compactMap(\.string) ?? ["no answer"] }
    var plain: String { json.object?["plain"]?.string ?? "" }
    var html: String { json.object?["html"]?.string ?? "" }
    /// The To header as Python's older reader decodes it.
    var recipient: String { json.object?["to"]?.string ?? "" }
    var date: String { json.object?["date"]?.string ?? "" }
    func header(_ name: String) -> String? { json.object?["headers"]?.object?[name]?.string }
    var headerNames: [String] { json.object?["headers"]?.object?.members.map(\.name) ?? [] }
}
