import CZlib

/// Reads a gzip stream (RFC 1952) with zlib, into at most a given number of bytes: no input makes it use more.
@safe
final class Inflate {
    enum Refusal: Error, Sendable {
        /// The stream breaks its own rules, or its checksum does not match.
        case malformed
        case tooLarge
    }

    /// zlib points back from its state to the stream, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let hasStarted: Bool
    private var part = [UInt8](repeating: 0, count: 64 * 1024)

    private init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        hasStarted = unsafe tenure_gunzip_start(stream) == Z_OK
    }

    deinit {
        if hasStarted { _ = unsafe inflateEnd(stream) }
        unsafe stream.deallocate()
    }

    /// Every member of the stream, one after the other.
    static func gunzip(_ input: [UInt8], bytesMax: Int) throws(Refusal) -> [UInt8] {
        let reader = Inflate()
        guard reader.hasStarted else { throw .malformed }
        var output: [UInt8] = []
        var offset = 0
        repeat { try reader.member(input, &offset, &output, bytesMax) } while offset < input.count
        return output
    }

    private func member(
        _ input: [UInt8], _ offset: inout Int, _ output: inout [UInt8], _ bytesMax: Int
    ) throws(Refusal) {
        guard unsafe inflateReset(stream) == Z_OK else { throw .malformed }
        while true {
            let step = step(input, offset)
            offset += step.read
            guard output.count + step.written <= bytesMax else { throw .tooLarge }
            output += part[..<step.written]
            if step.code == Z_STREAM_END { return }
            // Z_BUF_ERROR is zlib's word for an input that ends too early.
            guard step.code == Z_OK else { throw .malformed }
        }
    }

    /// One call of zlib, from the offset on into `part`.
    private func step(_ input: [UInt8], _ offset: Int) -> (code: Int32, read: Int, written: Int) {
        let (ready, room) = (input.count - offset, part.count)
        return unsafe input.withUnsafeBufferPointer { source in
            unsafe part.withUnsafeMutableBufferPointer { target in
                let next = unsafe source.baseAddress.map { unsafe $0 + offset }
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: next)
                unsafe stream.pointee.avail_in = UInt32(clamping: ready)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(clamping: room)
                let code = unsafe inflate(stream, Z_NO_FLUSH)
                let (unread, unused) = unsafe (Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
                return (code, ready - unread, room - unused)
            }
        }
    }
}
