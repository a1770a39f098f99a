extension JSON {
    /// Compact text; members in their order, control characters and `<` escaped so that the text is inert in a page.
    package var text: String {
        var out: [UInt8] = []
        write(into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    package var bytes: [UInt8] {
        var out: [UInt8] = []
        write(into: &out)
        return out
    }

    private func write(into out: inout [UInt8]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .int(let value): out.append(contentsOf: String(value).utf8)
        case .double(let value): out.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
        case .string(let value): Self.write(string: value, into: &out)
        case .array(let values): Self.write(values, "[", "]", into: &out) { $0.write(into: &$1) }
        case .object(let object):
            Self.write(object.members, "{", "}", into: &out) { member, out in
                Self.write(string: member.name, into: &out)
                out.append(0x3A)
                member.value.write(into: &out)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, into out: inout [UInt8],
        _ body: (Element, inout [UInt8]) -> Void
    ) {
        out.append(UInt8(truncatingIfNeeded: opening.value))
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(0x2C) }
            body(element, &out)
        }
        out.append(UInt8(truncatingIfNeeded: closing.value))
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func write(string: String, into out: inout [UInt8]) {
        out.append(0x22)
        for byte in string.utf8 {
            switch byte {
            case 0x22, 0x5C: out.append(contentsOf: [0x5C, byte])
            case 0x0A: out.append(contentsOf: [0x5C, 0x6E])
            case 0x0D: out.append(contentsOf: [0x5C, 0x72])
            case 0x09: out.append(contentsOf: [0x5C, 0x74])
            case 0..<0x20, 0x3C, 0x7F:
                out.append(contentsOf: Array("\\u00".utf8))
                out.append(hexDigits[Int(byte >> 4)])
                out.append(hexDigits[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(0x22)
    }

    /// The same value with the members of every object in byte order of their names: equal values give equal text.
    package var canonical: JSON {
        switch self {
        case .null, .bool, .int, .double, .string: self
        case .array(let values): .array(values.map(\.canonical))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.sorted { precedes($0.name, $1.name) }.map { .init($0.name, $0.value.canonical) }))
        }
    }
}
