/// Fields and elements. An optional stands for what it holds, and stays optional.
enum Access {
    static func select(_ field: String, of value: Value, isOptional: Bool) -> Value {
        switch value {
        case .map(let map):
            if let found = map[field] { return isOptional ? .optional(found) : found }
            return isOptional ? .optional(nil) : .failure(.noSuchKey, "there is no key `\(field)`")
        case .optional(nil): return value
        case .optional(let held?): return select(field, of: held, isOptional: true)
        case .unknown, .error: return value
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .timestamp, .duration, .type:
            return .failure(.noSuchField, "\(value.typeName) has no field `\(field)`")
        }
    }

    static func presence(of field: String, in value: Value) -> Value {
        switch value {
        case .map(let map): .bool(map[field] != nil)
        case .optional(nil): .bool(false)
        case .optional(let held?): presence(of: field, in: held)
        case .unknown, .error: value
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .timestamp, .duration, .type:
            .failure(.noSuchField, "\(value.typeName) has no field `\(field)`")
        }
    }

    static func element(of value: Value, at key: Value, isOptional: Bool) -> Value {
        if let missing = Missing.of(value, key) { return missing }
        switch value {
        case .list(let elements): return element(of: elements, at: key, isOptional)
        case .map(let map):
            if let found = map[key] { return isOptional ? .optional(found) : found }
            return isOptional ? .optional(nil) : .failure(.noSuchKey, "there is no such key")
        case .optional(nil): return value
        case .optional(let held?): return element(of: held, at: key, isOptional: true)
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .unknown,
            .error:
            return .failure(.noSuchOverload, "\(value.typeName) has no elements")
        }
    }

    private static func element(of elements: [Value], at key: Value, _ isOptional: Bool) -> Value {
        guard let index = index(key) else {
            return .failure(.invalidArgument, "a list is asked by a whole number, not \(key.typeName)")
        }
        if elements.indices.contains(index) {
            return isOptional ? .optional(elements[index]) : elements[index]
        }
        return isOptional ? .optional(nil) : .failure(.indexOutOfBounds, "there is no element \(index)")
    }

    private static func index(_ key: Value) -> Int? {
        switch key {
        case .int(let number): Int(exactly: number)
        case .uint(let number): Int(clamping: number)
        case .double(let number): Int(exactly: number)
        case .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown,
            .error:
            nil
        }
    }
}
