import CCurl

/// What a peer answers over HTTP, read within limits: 64 KiB of body unless told, 16 KiB of headers. Used by one thread.
final class CurlAnswer {
    private let bodyBytesMax: Int
    static let headerBytesMax = 16_384

    private(set) var body: [UInt8] = []
    private(set) var retryAfter: String?
    /// Whether the header's last, empty line came.
    private(set) var hasHeader = false
    private var headerBytes = 0

    init(bodyBytesMax: Int = 65_536) { self.bodyBytesMax = bodyBytesMax }

    static let read: tenure_curl_transfer = { buffer, size, count, context in
        unsafe take(buffer, size * count, context) { $0.append($1) }
    }

    static let readHeader: tenure_curl_transfer = { buffer, size, count, context in
        unsafe take(buffer, size * count, context) { $0.append(headerLine: $1) }
    }

    /// Anything but `count` as the answer stops the transfer.
    private static func take(
        _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ body: (CurlAnswer, [UInt8]) -> Bool
    ) -> Int {
        guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
        let answer = unsafe Unmanaged<CurlAnswer>.fromOpaque(context).takeUnretainedValue()
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: buffer, count: count))
        return body(answer, bytes) ? count : 0
    }

    private func append(_ bytes: [UInt8]) -> Bool {
        body += bytes.prefix(bodyBytesMax - body.count)
        return body.count < bodyBytesMax
    }

    private func append(headerLine: [UInt8]) -> Bool {
        headerBytes += headerLine.count
        let line = String(decoding: headerLine.filter { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        if line.hasPrefix("HTTP/") { retryAfter = nil }
        hasHeader = line.isEmpty
        let name = line.prefix { $0 != ":" }
        if name.lowercased() == "retry-after" { retryAfter = String(line.dropFirst(name.count + 1)) }
        return headerBytes <= Self.headerBytesMax
    }
}
