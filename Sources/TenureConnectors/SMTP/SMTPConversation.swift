import CCurl

/// What libcurl's callbacks read and note during one delivery; used by one thread.
final class SMTPConversation {
    private let body: [UInt8]
    private var offset = 0
    /// Whether libcurl took the last byte and was told so: from here on, the peer may have accepted.
    private(set) var hasEnded = false
    /// The last line that the server said.
    private(set) var lastLine = ""
    /// The last line that it said after the end of the body.
    private(set) var verdict: String?

    init(body: [UInt8]) { self.body = body }

    static let read: tenure_curl_transfer = { buffer, size, count, context in
        guard let buffer = unsafe buffer, let context = unsafe context else {
            return Int(CURL_READFUNC_ABORT)
        }
        let conversation = unsafe Unmanaged<SMTPConversation>.fromOpaque(context).takeUnretainedValue()
        return unsafe conversation.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }

    static let listen: tenure_curl_transfer = { buffer, size, count, context in
        guard let buffer = unsafe buffer, let context = unsafe context else { return 0 }
        let conversation = unsafe Unmanaged<SMTPConversation>.fromOpaque(context).takeUnretainedValue()
        unsafe conversation.hear(Array(UnsafeRawBufferPointer(start: buffer, count: size * count)))
        return size * count
    }

    static let discard: tenure_curl_transfer = { _, size, count, _ in size * count }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let chunk = body[offset..<min(offset + buffer.count, body.count)]
        if chunk.isEmpty { hasEnded = true }
        unsafe buffer.copyBytes(from: chunk)
        offset += chunk.count
        return chunk.count
    }

    private func hear(_ bytes: [UInt8]) {
        let line = bytes.prefix(200).filter { $0 != 0x0D && $0 != 0x0A }.map {
            $0 >= 0x20 && $0 < 0x7F ? $0 : 0x3F
        }
        // The answer to libcurl's QUIT is about nothing.
        guard !line.starts(with: "221".utf8) else { return }
        lastLine = String(decoding: line, as: UTF8.self)
        if hasEnded { verdict = lastLine }
    }
}
