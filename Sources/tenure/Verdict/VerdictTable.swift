import Foundation
import TenureCore
import TenureRuntime

/// One file of a past, read row by row.
struct VerdictTable {
    let file: VerdictFile
    let path: String
    let header: [String]
    let digest: UInt64
    private var reader: CSVReader
    private static let bytesMax = 4 << 30

    /// Throws `Failure` when the file cannot be used at all.
    init(_ file: VerdictFile, path: String) throws {
        self.file = file
        self.path = path
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= Self.bytesMax else {
            throw Failure(
                code: "file-too-large", what: "\(path) has more than \(Self.bytesMax >> 30) GiB.",
                remedy: "Bring fewer months or fewer kinds of events; a verdict needs about a year.")
        }
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw Failure(
                code: "no-such-file", what: "\(path) cannot be read.",
                remedy: "Check the path and its permissions.")
        }
        let bytes = Array(contents)
        digest = hash64(bytes)
        reader = CSVReader(bytes)
        header = try Self.header(&reader, file, path)
    }

    private static func header(
        _ reader: inout CSVReader, _ file: VerdictFile, _ path: String
    ) throws -> [String] {
        let first: [String]?
        do {
            first = try reader.next()
        } catch {
            throw Failure(
                code: "malformed-csv", what: "\(path), line \(error.line): \(error.what).",
                remedy: "Mend the header line.")
        }
        guard let first else {
            throw Failure(
                code: "empty-file", what: "\(path) is empty.", remedy: "The first line names the columns.")
        }
        let header = first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        for name in file.required where !header.contains(name) {
            throw Failure(
                code: "missing-column",
                what: "\(path) has no column “\(name)”; it has \(header.joined(separator: ", ")).",
                remedy: "It needs the columns \(file.required.joined(separator: ", ")).")
        }
        for (index, name) in header.enumerated() where header[..<index].contains(name) {
            throw Failure(
                code: "column-twice", what: "\(path) has the column “\(name)” twice.",
                remedy: "Leave one of them out.")
        }
        return header
    }

    /// Gives every row with its line; what `body` throws is noted with the line, and the next row is read. A row that
    /// cannot be told apart from the next ends the file.
    mutating func rows(
        _ mistakes: inout [FileMistake], _ body: (_ line: Int, _ cells: [String]) throws -> Void
    ) {
        var count = 0
        while true {
            do {
                guard let cells = try reader.next() else { return }
                try body(reader.line, cells)
            } catch let mistake as FileMistake {
                mistakes.append(mistake)
            } catch let mistake as RowMistake {
                mistakes.append(named(mistake.what, line: reader.line))
            } catch let mistake as CSVReader.Mistake {
                return mistakes.append(
                    FileMistake(
                        path: path, line: mistake.line, code: "malformed-csv", what: "\(mistake.what).",
                        remedy:
                            "Nothing behind it was read. Quote cells with commas, quotes or line ends as RFC 4180 says."
                    ))
            } catch {
                mistakes.append(named("\(error)", line: reader.line))
            }
            count += 1
            if count % 5000 == 0 { bar("reading \(path)", reader.progress) }
        }
    }

    private func named(_ what: String, line: Int) -> FileMistake {
        FileMistake(
            path: path, line: line, code: "bad-row", what: "\(what).",
            remedy: "Mend the cell, or leave it empty where it is not known.")
    }

    func mistake(_ line: Int, _ code: String, _ what: String, _ remedy: String) -> FileMistake {
        FileMistake(path: path, line: line, code: code, what: what, remedy: remedy)
    }
}
