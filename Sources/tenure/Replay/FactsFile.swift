import Foundation
import TenureCore
import TenureEngine
import TenureRuntime
import TenureWeb

/// A file with one event a line, each with the moment at which it was recorded.
struct FactsFile {
    private(set) var facts: [PastFact] = []
    /// Lines that were not taken; each is named on standard error.
    private(set) var refusedCount = 0

    private static let bytesMax = 1 << 30
    private static let lineBytesMax = 64 * 1024
    private static let toldMax = 20

    init(_ path: String, _ programme: CompiledProgramme) throws {
        let reading = EventReading(
            programme.programme,
            keys: WorkspaceKeys(secret: Array("replay-secret-of-32-bytes-exact!".utf8), workspace: "replay"),
            source: "replay", reserved: EventReading.inner)
        let check = EventCheck(programme.programme)
        for (index, line) in try Self.lines(path).enumerated() {
            do throws(IntakeRefusal) {
                if let fact = try Self.fact(line, reading, check) { facts.append(fact) }
            } catch {
                refuse(path, index + 1, error)
            }
        }
    }

    private static func lines(_ path: String) throws -> [Data.SubSequence] {
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: bytesMax + 1) ?? Data()
        else {
            throw Failure(
                code: "no-such-file", what: "\(path) cannot be read.", remedy: "Check the path and its permissions.")
        }
        guard data.count <= bytesMax else {
            throw Failure(code: "file-too-large", what: "\(path) has more than 1 GiB.", remedy: "Replay it in parts.")
        }
        return data.split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    /// nil for an empty line.
    private static func fact(
        _ line: Data.SubSequence, _ reading: EventReading, _ check: EventCheck
    ) throws(IntakeRefusal) -> PastFact? {
        guard line.contains(where: { $0 != 0x0D && $0 != 0x20 }) else { return nil }
        guard line.count <= lineBytesMax, case .success(let value) = JSONReader.read(Array(line)),
            let object = value.object
        else {
            throw IntakeRefusal(code: "malformed-line", detail: "A line is a JSON object of at most 64 KiB.")
        }
        guard let text = object["recordedtime"]?.string, case .success(let recorded) = Instant.parse(rfc3339: text)
        else {
            throw IntakeRefusal(
                code: "no-recordedtime", detail: "recordedtime, an RFC 3339 timestamp, says when the event reached you.",
                pointer: "/recordedtime")
        }
        let arrival = try reading.arrival(object)
        if let refusal = check.refusal(arrival, received: recorded) { throw refusal }
        return PastFact(recorded: recorded, arrival: arrival)
    }

    private mutating func refuse(_ path: String, _ line: Int, _ refusal: IntakeRefusal) {
        refusedCount += 1
        guard refusedCount <= Self.toldMax else { return }
        let text = "\(path):\(line): \(refusal.detail) (\(refusal.code)\(refusal.pointer.isEmpty ? "" : ", " + refusal.pointer))\n"
        FileHandle.standardError.write(Data(text.utf8))
    }
}
