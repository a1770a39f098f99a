/// Why bytes are not accepted as JSON, and where.
package struct JSONRefusal: Error, Hashable, Sendable {
    package enum Reason: String, Sendable {
        case malformed = "malformed-json"
        case invalidUTF8 = "invalid-utf8"
        case numberOutOfRange = "number-out-of-range"
        case tooDeep = "json-too-deep"
        case duplicateName = "duplicate-name"
        case invalidCharacter = "invalid-character"
        case tooManyMembers = "too-many-members"
        case valueTooLong = "value-too-long"
    }

    package var reason: Reason
    /// Byte offset in the input.
    package var offset: Int
}

/// Strict RFC 8259 reader over raw bytes: UTF-8 checked, no byte-order mark, no trailing comma, no duplicate names, no
/// NUL in a string, numbers that a double cannot hold refused.
package struct JSONReader {
    package struct Limits: Sendable {
        package var depth = 32
        package var members = 256
        package var nameBytes = 200
        package var stringBytes = 8192
        package var elements = 100_000
        /// Facts may not hold a NUL, as stores and mails can not; files of test cases may.
        package var allowsNUL = false

        package init() {}
    }

    private let bytes: [UInt8]
    private let limits: Limits
    private var index: Int

    private init(_ bytes: [UInt8], from start: Int, limits: Limits) {
        self.bytes = bytes
        self.limits = limits
        index = start
    }

    /// Reads one value that takes up all of `bytes`, save white space.
    package static func read(_ bytes: [UInt8], limits: Limits = Limits()) -> Result<JSON, JSONRefusal> {
        var reader = JSONReader(bytes, from: 0, limits: limits)
        do throws(JSONRefusal) {
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.index == bytes.count else { throw reader.refusal(.malformed) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    package static func read(_ text: String, limits: Limits = Limits()) -> Result<JSON, JSONRefusal> {
        read(Array(text.utf8), limits: limits)
    }

    private func refusal(_ reason: JSONRefusal.Reason) -> JSONRefusal {
        JSONRefusal(reason: reason, offset: index)
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws(JSONRefusal) {
        guard current == byte else { throw refusal(.malformed) }
        index += 1
    }

    private mutating func value(depth: Int) throws(JSONRefusal) -> JSON {
        guard depth <= limits.depth else { throw refusal(.tooDeep) }
        skipSpace()
        switch current {
        case 0x7B: return .object(try object(depth: depth + 1))
        case 0x5B: return .array(try array(depth: depth + 1))
        case 0x22: return .string(try string(bytesMax: limits.stringBytes))
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONRefusal) -> JSON {
        let expected = "\(word)".utf8
        guard bytes.count - index >= expected.count, bytes[index..<index + expected.count].elementsEqual(expected)
        else { throw refusal(.malformed) }
        index += expected.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONRefusal) -> JSONObject {
        guard depth <= limits.depth else { throw refusal(.tooDeep) }
        index += 1
        var object = JSONObject()
        skipSpace()
        if current == 0x7D {
            index += 1
            return object
        }
        while true {
            skipSpace()
            guard current == 0x22 else { throw refusal(.malformed) }
            let name = try string(bytesMax: limits.nameBytes)
            guard object[name] == nil else { throw refusal(.duplicateName) }
            guard object.members.count < limits.members else { throw refusal(.tooManyMembers) }
            skipSpace()
            try expect(0x3A)
            object.members.append(.init(name, try value(depth: depth)))
            skipSpace()
            if current == 0x2C { index += 1; continue }
            try expect(0x7D)
            return object
        }
    }

    private mutating func array(depth: Int) throws(JSONRefusal) -> [JSON] {
        guard depth <= limits.depth else { throw refusal(.tooDeep) }
        index += 1
        var values: [JSON] = []
        skipSpace()
        if current == 0x5D {
            index += 1
            return values
        }
        while true {
            guard values.count < limits.elements else { throw refusal(.tooManyMembers) }
            values.append(try value(depth: depth))
            skipSpace()
            if current == 0x2C { index += 1; continue }
            try expect(0x5D)
            return values
        }
    }
}

// MARK: - Strings

extension JSONReader {
    private mutating func string(bytesMax: Int) throws(JSONRefusal) -> String {
        index += 1
        let start = index
        while let byte = current, byte != 0x22, byte != 0x5C {
            guard byte >= 0x20 else { throw refusal(.malformed) }
            index += 1
        }
        guard let end = current else { throw refusal(.malformed) }
        if end == 0x22 {
            let raw = bytes[start..<index]
            index += 1
            return try checked(raw, bytesMax: bytesMax)
        }
        return try escapedString(Array(bytes[start..<index]), bytesMax: bytesMax)
    }

    private func checked(_ raw: ArraySlice<UInt8>, bytesMax: Int) throws(JSONRefusal) -> String {
        guard raw.count <= bytesMax else { throw refusal(.valueTooLong) }
        guard let text = String(validating: raw, as: UTF8.self) else { throw refusal(.invalidUTF8) }
        return text
    }

    private mutating func escapedString(_ start: [UInt8], bytesMax: Int) throws(JSONRefusal) -> String {
        var out = start
        while let byte = current {
            index += 1
            switch byte {
            case 0x22: return try checked(out[...], bytesMax: bytesMax)
            case 0x5C: try escape(into: &out)
            case 0..<0x20: throw refusal(.malformed)
            default: out.append(byte)
            }
        }
        throw refusal(.malformed)
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONRefusal) {
        guard let byte = current else { throw refusal(.malformed) }
        index += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: out.append(byte)
        case 0x62: out.append(0x08)
        case 0x66: out.append(0x0C)
        case 0x6E: out.append(0x0A)
        case 0x72: out.append(0x0D)
        case 0x74: out.append(0x09)
        case 0x75: out.append(contentsOf: Array(String(Character(try unicodeEscape())).utf8))
        default: throw refusal(.malformed)
        }
    }

    private mutating func unicodeEscape() throws(JSONRefusal) -> Unicode.Scalar {
        let high = try hexadecimal()
        var number = UInt32(high)
        if high >= 0xD800, high < 0xDC00 {
            try expect(0x5C)
            try expect(0x75)
            let low = try hexadecimal()
            guard low >= 0xDC00, low < 0xE000 else { throw refusal(.invalidUTF8) }
            number = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        }
        guard number != 0 || limits.allowsNUL else { throw refusal(.invalidCharacter) }
        guard let scalar = Unicode.Scalar(number) else { throw refusal(.invalidUTF8) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONRefusal) -> UInt16 {
        guard bytes.count - index >= 4 else { throw refusal(.malformed) }
        var number: UInt16 = 0
        for byte in bytes[index..<index + 4] {
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt16(byte - 0x30)
            case 0x41...0x46: number = number << 4 | UInt16(byte - 0x37)
            case 0x61...0x66: number = number << 4 | UInt16(byte - 0x57)
            default: throw refusal(.malformed)
            }
        }
        index += 4
        return number
    }
}

// MARK: - Numbers

extension JSONReader {
    private mutating func number() throws(JSONRefusal) -> JSON {
        let start = index
        if current == 0x2D { index += 1 }
        try integerPart()
        let isInteger = try !fractionAndExponent()
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite, number != 0 || isZero(bytes[start..<index]) else {
            throw refusal(.numberOutOfRange)
        }
        return .double(number)
    }

    private mutating func integerPart() throws(JSONRefusal) {
        guard let first = current, first >= 0x30, first <= 0x39 else { throw refusal(.malformed) }
        index += 1
        if first != 0x30 { skipDigits() }
        if first == 0x30, let next = current, next >= 0x30, next <= 0x39 { throw refusal(.malformed) }
    }

    private mutating func fractionAndExponent() throws(JSONRefusal) -> Bool {
        var found = false
        if current == 0x2E {
            index += 1
            try someDigits()
            found = true
        }
        if current == 0x65 || current == 0x45 {
            index += 1
            if current == 0x2B || current == 0x2D { index += 1 }
            try someDigits()
            found = true
        }
        return found
    }

    private mutating func someDigits() throws(JSONRefusal) {
        let start = index
        skipDigits()
        guard index > start else { throw refusal(.malformed) }
    }

    private mutating func skipDigits() {
        while let byte = current, byte >= 0x30, byte <= 0x39 { index += 1 }
    }

    /// Whether the mantissa spells zero, so that a result of zero is no underflow.
    private func isZero(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.prefix { $0 != 0x65 && $0 != 0x45 }.allSatisfy { $0 < 0x31 || $0 > 0x39 }
    }
}
