import TenureCore

extension Node {
    /// A value as it is written: plain numbers, `true`, `false` and `null` are that, everything else is text.
    var json: JSON {
        switch self {
        case .list(let list): .array(list.items.map(\.json))
        case .map(let map): .object(JSONObject(map.entries.map { .init($0.key.text, $0.value.json) }))
        case .scalar(let scalar): scalar.json
        }
    }
}

extension Scalar {
    fileprivate var json: JSON {
        if isEmpty { return .null }
        guard style == .plain else { return .string(text) }
        if let flag = Bool(text) { return .bool(flag) }
        if let whole = PlainNumber.whole(text) { return .int(Int64(whole)) }
        return PlainNumber.double(text).map { .double($0) } ?? .string(text)
    }
}
