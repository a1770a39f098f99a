import TenureCore
import TenureStore

/// What a stored message says, read out of the bytes that leave: our own composer's, so that no other form is met.
struct StoredMessage: Sendable {
    let text: String
    /// Of a mail; chats and rehearsals have none.
    let html: String?

    init(_ row: OutboxRow) {
        let whole = String(decoding: row.body, as: UTF8.self)
        guard row.channel == "mail", let boundary = Self.boundary(row.body) else {
            text = whole
            html = nil
            return
        }
        let parts = Self.parts(row.body, boundary)
        text = parts.first.map { Self.decoded($0) } ?? whole
        html = parts.dropFirst().first.map { Self.decoded($0) }
    }

    private static let lineEnd = Array("\r\n\r\n".utf8)

    /// From the headers alone.
    private static func boundary(_ body: [UInt8]) -> [UInt8]? {
        guard let end = body.firstRange(of: lineEnd) else { return nil }
        let head = body[..<end.lowerBound]
        guard let start = head.firstRange(of: Array("boundary=\"".utf8)) else { return nil }
        return Array("--".utf8) + head[start.upperBound...].prefix { $0 != 0x22 }
    }

    private static func parts(_ body: [UInt8], _ boundary: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = body[...]
        while let start = rest.firstRange(of: boundary) {
            rest = rest[start.upperBound...]
            guard let head = rest.firstRange(of: lineEnd), let end = rest.firstRange(of: boundary),
                head.upperBound <= end.lowerBound
            else { return parts }
            parts.append(rest[head.upperBound..<end.lowerBound])
        }
        return parts
    }

    /// Quoted-printable: `=0A` is a byte, `=` at the end of a line nothing.
    private static func decoded(_ part: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        var bytes = part.makeIterator()
        while let byte = bytes.next() {
            guard byte == 0x3D else {
                if byte != 0x0D { out.append(byte) }
                continue
            }
            guard let high = bytes.next(), let low = bytes.next() else { break }
            if let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) { out.append(value) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
