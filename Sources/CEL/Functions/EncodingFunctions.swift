/// The encoders extension: Base64 with the standard alphabet.
enum EncodingFunctions {
    static let all = [encode, decode]

    private static let encode = Function("base64.encode", [.global([.bytes], .string)]) { call in
        guard case .bytes(let bytes) = call[0] else { return call.mismatch() }
        guard call.meter.pay(bytes: bytes.count * 2) else { return Call.tooExpensive }
        return .string(Base64.encode(bytes))
    }

    private static let decode = Function("base64.decode", [.global([.string], .bytes)]) { call in
        guard case .string(let text) = call[0] else { return call.mismatch() }
        guard call.meter.pay(bytes: text.utf8.count * 2) else { return Call.tooExpensive }
        return Base64.decode(Array(text.utf8)).map(Value.bytes) ?? call.invalid("this text is no Base64")
    }
}

/// Base64 with the standard alphabet.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// With padding.
    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0...3 {
                let letter = alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]
                output.append(place <= group.count ? letter : padding)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// With or without padding; nil for letters of no alphabet and lengths that can not be.
    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        let letters = text.reversed().drop { $0 == padding }.reversed()
        guard letters.count % 4 != 1, text.count - letters.count <= 2 else { return nil }
        guard text.count == letters.count || text.count % 4 == 0 else { return nil }
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var held = 0
        for letter in letters {
            guard let amount = alphabet.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(amount)
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            output.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        }
        return output
    }
}
