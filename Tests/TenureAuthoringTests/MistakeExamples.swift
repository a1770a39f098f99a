import Foundation

@testable import TenureAuthoring

/// What an example of the catalogue stands for: files, with their notation taken out.
struct ExampleFolder {
    var own: ProgrammeFolder
    var catalogue: ProgrammeFolder?

    /// - Parameter text: files behind lines `-- path --`, the first of them `example.yaml`.
    init(_ text: String) {
        var files: [(path: String, lines: [Substring])] = [("example.yaml", [])]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- "), line.hasSuffix(" --") {
                files.append((String(line.dropFirst(3).dropLast(3)), []))
            } else {
                files[files.count - 1].lines.append(line)
            }
        }
        if files.count > 1, files[0].lines.isEmpty { files.removeFirst() }
        if files[0].lines.allSatisfy(\.isEmpty), files[0].path == "example.yaml" { files.removeFirst() }
        var bytes = files.map { (path: $0.path, bytes: Self.bytes($0.lines.joined(separator: "\n") + "\n")) }
        let hasHeader = text.contains("programme: {") || files.allSatisfy { !ProgrammeFolder.holds($0.path) }
        if !hasHeader { bytes.append(("programme.yaml", Array(header.utf8))) }
        own = .decoding(bytes.filter { !$0.path.hasPrefix("catalogue/") && ProgrammeFolder.holds($0.path) })
        let base = bytes.filter { $0.path.hasPrefix("catalogue/") }
            .map { (path: String($0.path.dropFirst("catalogue/".count)), bytes: $0.bytes) }
        catalogue = text.contains("extends:") ? .decoding(base) : nil
    }

    var mistakes: [Diagnostic] { read(own, catalogue: catalogue).mistakes }
    var text: String { mistakeText(own, catalogue: catalogue) }
    var codes: [String] { mistakes.map(\.code.rawValue) }

    /// `«3 × ab»`, `«U+0000»` and `«0xFF»` taken out.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "«"), let end = rest[start...].firstIndex(of: "»") {
            bytes += rest[..<start].utf8
            bytes += meaning(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        return bytes + rest.utf8
    }

    private static func meaning(_ text: Substring) -> [UInt8] {
        if text.hasPrefix("0x") { return UInt8(text.dropFirst(2), radix: 16).map { [$0] } ?? [] }
        if text.hasPrefix("U+") {
            return UInt32(text.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map {
                Array(String($0).utf8)
            } ?? []
        }
        guard let sign = text.firstRange(of: " × "), let count = Int(text[..<sign.lowerBound]) else {
            return Array("«\(text)»".utf8)
        }
        return Array(repeating: Array(text[sign.upperBound...].utf8), count: count).flatMap { $0 }
    }
}
