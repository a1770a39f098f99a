extension ByteWriter {
    package mutating func write(_ value: JSON) {
        switch value {
        case .null: write(byte: 0)
        case .bool(let flag): write(byte: flag ? 2 : 1)
        case .int(let number):
            write(byte: 3)
            write(number)
        case .double(let number):
            write(byte: 4)
            write(number)
        case .string(let text):
            write(byte: 5)
            write(text)
        case .array(let values):
            write(byte: 6)
            write(list: values) { $0.write($1) }
        case .object(let object):
            write(byte: 7)
            write(object)
        }
    }

    package mutating func write(_ object: JSONObject) {
        write(list: object.members) {
            $0.write($1.name)
            $0.write($1.value)
        }
    }
}

extension JSON {
    /// As many bytes as it has in binary form, or somewhat more. Nothing is written for it.
    package var byteCountMax: Int {
        switch self {
        case .null, .bool: 1
        case .int, .double: 11
        case .string(let text): 6 + text.utf8.count
        case .array(let values): values.reduce(6) { $0 + $1.byteCountMax }
        case .object(let object): 1 + object.byteCountMax
        }
    }
}

extension JSONObject {
    /// See `JSON.byteCountMax`.
    package var byteCountMax: Int { members.reduce(5) { $0 + 5 + $1.name.utf8.count + $1.value.byteCountMax } }
}

extension ByteReader {
    package mutating func readJSON(depth: Int = 0) throws -> JSON {
        guard depth < 64 else { throw CorruptBytes(offset: offset) }
        switch try readByte() {
        case 0: return .null
        case 1: return .bool(false)
        case 2: return .bool(true)
        case 3: return .int(try readInt64())
        case 4: return .double(try readDouble())
        case 5: return .string(try readString())
        case 6: return .array(try readList { try $0.readJSON(depth: depth + 1) })
        case 7: return .object(try readJSONObject(depth: depth + 1))
        default: throw CorruptBytes(offset: offset)
        }
    }

    package mutating func readJSONObject(depth: Int = 0) throws -> JSONObject {
        JSONObject(try readList { .init(try $0.readString(), try $0.readJSON(depth: depth)) })
    }
}
