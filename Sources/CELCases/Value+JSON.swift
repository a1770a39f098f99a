package import CEL
package import TenureCore

extension Value {
    /// A typed value of the cases, such as `{"t": "int", "v": "-5"}`; nil when it is none.
    package init?(typed json: JSON) {
        guard let fields = json.object, let kind = fields["t"]?.string else { return nil }
        let value: Value? =
            switch kind {
            case "null": .null
            case "list", "map": Self.collection(kind, fields["v"]?.array ?? [])
            case "timestamp", "duration": Self.time(kind, fields)
            case _: fields["v"].flatMap { Self.scalar(kind, $0) }
            }
        guard let value else { return nil }
        self = value
    }

    private static func scalar(_ kind: String, _ content: JSON) -> Value? {
        switch kind {
        case "bool": content.bool.map(Value.bool)
        case "int": (content.string.flatMap { Int64($0) } ?? content.int).map(Value.int)
        case "uint": content.string.flatMap { UInt64($0) }.map(Value.uint)
        case "double": (content.number ?? content.string.flatMap { double($0) }).map(Value.double)
        case "string": content.string.map(Value.string)
        case "bytes": content.string.flatMap { Base64.decode(Array($0.utf8)) }.map(Value.bytes)
        case "type": content.string.map { .type(TypeName($0)) }
        case _: nil
        }
    }

    /// JSON has no word for these numbers.
    private static func double(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        case _: Double(text)
        }
    }

    private static func collection(_ kind: String, _ rows: [JSON]) -> Value? {
        if kind == "list" {
            let elements = rows.compactMap { Value(typed: $0) }
            return elements.count == rows.count ? .list(elements) : nil
        }
        var map = CELMap()
        for row in rows {
            guard let pair = row.array, pair.count == 2, let key = Value(typed: pair[0]),
                let value = Value(typed: pair[1]), map.insert(key, value)
            else { return nil }
        }
        return .map(map)
    }

    private static func time(_ kind: String, _ fields: JSONObject) -> Value? {
        guard let seconds = fields["s"]?.string.flatMap({ Int64($0) }),
            let nanoseconds = Int32(exactly: fields["n"]?.int ?? 0)
        else { return nil }
        if kind == "timestamp" {
            return Timestamp(seconds: seconds, nanoseconds: nanoseconds).map(Value.timestamp)
        }
        return Duration(nanoseconds: Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)).map(Value.duration)
    }
}

extension Value {
    /// A plain JSON value: whole numbers are ints, others doubles, objects maps.
    package init(plain json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(elements.map { Value(plain: $0) })
        case .object(let object): self = .map(CELMap(object.members.map { ($0.name, Value(plain: $0.value)) }))
        }
    }
}
