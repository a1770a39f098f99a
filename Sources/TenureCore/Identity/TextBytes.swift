/// Texts as the bytes that they are: Unicode's equivalences (`café` composed and decomposed) never make two names one.
///
/// Spans, since the views' iterators cost several times as much and these stand in the innermost loops.
package func isSame(_ left: String, _ right: String) -> Bool {
    // Most texts that differ have other lengths, which are known without looking at a byte.
    guard left.utf8.count == right.utf8.count else { return false }
    let left = unsafe left.utf8Span.span.bytes
    let right = unsafe right.utf8Span.span.bytes
    var place = 0
    while place + 8 <= left.byteCount {
        if word(left, place) != word(right, place) { return false }
        place += 8
    }
    while place < left.byteCount {
        if byte(left, place) != byte(right, place) { return false }
        place += 1
    }
    return true
}

/// Eight bytes at a time; both loads are within the span, since the callers count.
private func word(_ bytes: RawSpan, _ place: Int) -> UInt64 {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
}

private func byte(_ bytes: RawSpan, _ place: Int) -> UInt8 {
    unsafe bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)
}

/// Whether `left` comes first in byte order.
package func precedes(_ left: String, _ right: String) -> Bool {
    let left = left.utf8Span.span
    let right = right.utf8Span.span
    for index in 0..<min(left.count, right.count) where left[index] != right[index] { return left[index] < right[index] }
    return left.count < right.count
}

/// FNV-1a with a final mix: spreads short ids over 64 bits, the same in every process. Not a secret, not a signature.
package func hash64(_ text: String) -> UInt64 { finished(absorbing(text.utf8Span.span, after: hashStart)) }

package func hash64(_ bytes: [UInt8]) -> UInt64 { finished(absorbing(bytes.span, after: hashStart)) }

/// Of two texts, told apart by a byte that UTF-8 never has.
package func hash64(_ first: String, _ second: String) -> UInt64 {
    let start = absorbing(first.utf8Span.span, after: hashStart)
    return finished(absorbing(second.utf8Span.span, after: absorbing(0xFF, after: start)))
}

private let hashStart: UInt64 = 0xcbf2_9ce4_8422_2325

private func absorbing(_ byte: UInt8, after hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

private func absorbing(_ bytes: Swift.Span<UInt8>, after start: UInt64) -> UInt64 {
    var hash = start
    for index in bytes.indices { hash = absorbing(bytes[index], after: hash) }
    return hash
}

private func finished(_ state: UInt64) -> UInt64 {
    var hash = state
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    return hash ^ hash >> 32
}
