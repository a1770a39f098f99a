import Foundation
import TenureEngine
import TenurePacks
import Testing

@testable import TenureRuntime

/// A file that goes away with the test that made it.
final class Table: Sendable {
    let path = NSTemporaryDirectory() + "tenure-table-" + UUID().uuidString + ".csv"

    init(_ bytes: [UInt8]) { _ = FileManager.default.createFile(atPath: path, contents: Data(bytes)) }

    convenience init(_ text: String) { self.init(Array(text.utf8)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func reader() throws -> CSVReader { try CSVReader(path: path) }
}

/// All rows with their places, and the mistake that ended them.
func read(_ reader: CSVReader) -> (rows: [[String]], places: [CSVReader.Place], mistake: CSVReader.Mistake?) {
    var (reader, rows, places) = (reader, [[String]](), [CSVReader.Place]())
    do {
        while let row = try reader.next() {
            rows.append(row)
            places.append(reader.place)
        }
        return (rows, places, nil)
    } catch {
        return (rows, places, error)
    }
}

let shippedProgrammes = ProgrammeLibrary(files: EmbeddedFiles.all)

func starterProgramme() throws -> CompiledProgramme {
    shippedProgrammes.compile(try #require(shippedProgrammes.read(shippedProgrammes.folder("starter")).0))
}
