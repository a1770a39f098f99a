/// RFC 7578: the parts of a form with files, read as the bytes come. Bounded in parts and in the size of a part's header;
/// what a part holds is given on at once.
struct MultipartReader {
    enum Event: Equatable {
        /// A part begins. The file's name is what the sender calls it, for people alone.
        case part(name: String, file: String?)
        case bytes([UInt8])
        case partEnd
    }

    static let partsMax = 32
    static let headerBytesMax = 4 * 1024

    private enum Place { case preamble, boundaryEnd, header, content, over }

    private let delimiter: [UInt8]
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var place = Place.preamble
    private var partCount = 0

    /// nil: not a multipart form with a boundary of 1 to 70 characters.
    init?(contentType: String) {
        let parts = contentType.split(separator: ";").map { TypedFields.trimmed(String($0)) }
        guard parts.first?.lowercased() == "multipart/form-data",
            let parameter = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let boundary = parameter.dropFirst("boundary=".count).filter { $0 != "\"" }
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Whether the form came to its end.
    var isOver: Bool { place == .over }

    /// Throws a `Problem` for what is no form.
    mutating func feed(_ bytes: [UInt8]) throws -> [Event] {
        buffer += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// False: more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws -> Bool {
        switch place {
        case .preamble: return pass(&events, isContent: false)
        case .content: return pass(&events, isContent: true)
        case .boundaryEnd: return try endBoundary()
        case .header: return try header(&events)
        case .over:
            buffer = []
            return false
        }
    }

    /// Up to the next boundary. What may be its beginning stays.
    private mutating func pass(_ events: inout [Event], isContent: Bool) -> Bool {
        let (end, isFound) = nextDelimiter()
        if isContent, end > 0 { events.append(.bytes(Array(buffer[..<end]))) }
        if isContent, isFound { events.append(.partEnd) }
        buffer.removeFirst(isFound ? end + delimiter.count : end)
        if isFound { place = .boundaryEnd }
        return isFound
    }

    private func nextDelimiter() -> (end: Int, isFound: Bool) {
        var index = 0
        while let candidate = buffer[index...].firstIndex(of: 0x0D) {
            let rest = buffer[candidate...].prefix(delimiter.count)
            if rest.elementsEqual(delimiter.prefix(rest.count)) {
                return (candidate, rest.count == delimiter.count)
            }
            index = candidate + 1
        }
        return (buffer.count, false)
    }

    private mutating func endBoundary() throws -> Bool {
        guard buffer.count >= 2 else { return false }
        let end = Array(buffer.prefix(2))
        guard end == [0x0D, 0x0A] || end == [0x2D, 0x2D] else { throw Self.malformed }
        place = end[0] == 0x2D ? .over : .header
        // The line end stays: with one more it is the end of a header without lines.
        return place == .header
    }

    private mutating func header(_ events: inout [Event]) throws -> Bool {
        guard let end = buffer.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) else {
            guard buffer.count <= Self.headerBytesMax else { throw Self.malformed }
            return false
        }
        guard end.lowerBound <= Self.headerBytesMax,
            let text = String(validating: buffer[..<end.lowerBound], as: UTF8.self)
        else {
            throw Self.malformed
        }
        partCount += 1
        guard partCount <= Self.partsMax else {
            throw Problem(.malformedRequest, "A form has at most \(Self.partsMax) parts.")
        }
        events.append(try part(text))
        buffer.removeFirst(end.upperBound)
        place = .content
        return true
    }

    private func part(_ header: String) throws -> Event {
        let lines = header.split(separator: "\r\n").map { String($0) }
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let name = Self.parameter("name", line)
        else { throw Self.malformed }
        return .part(name: name, file: Self.parameter("filename", line))
    }

    /// A quoted parameter, as browsers write it: `%22` for quotes inside.
    private static func parameter(_ name: String, _ line: String) -> String? {
        guard let start = line.firstRange(of: "; \(name)=\"") else { return nil }
        let rest = line[start.upperBound...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]).replacing("%22", with: "\"") }
    }

    static var malformed: Problem {
        Problem(.malformedRequest, "The form is no multipart/form-data as RFC 7578 has it.")
    }
}
