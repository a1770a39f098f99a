/// `int(x)`, `string(x)` and the other conversions. What can not be converted without loss of meaning is an
/// error.
enum ConversionFunctions {
    static let all = [int, uint, double, string, bool, bytes, timestamp, duration]

    private static func conversion(
        _ name: String, to result: Type, from sources: [Type], _ body: @escaping Function.Body
    ) -> Function {
        Function(name, sources.map { .global([$0], result) }, body: body)
    }

    private static let int = conversion(
        "int", to: .int, from: [.int, .uint, .double, .string, .timestamp, .duration]
    ) { call in
        switch call[0] {
        case .int: call[0]
        case .uint(let number): Int64(exactly: number).map(Value.int) ?? outOfRange
        case .double(let number): whole(number)
        case .string(let text): Int64(text).map(Value.int) ?? call.invalid("this text is no int")
        case .timestamp(let instant): .int(instant.seconds)
        case .duration(let span): .int(span.seconds)
        case .null, .bool, .bytes, .list, .map, .type, .optional, .unknown, .error: call.mismatch()
        }
    }

    /// Towards zero. The two ends of the range are refused, as a double can not tell them from what lies
    /// beyond.
    private static func whole(_ number: Double) -> Value {
        guard number > -0x1p63, number < 0x1p63 else { return outOfRange }
        return .int(Int64(number))
    }

    private static let outOfRange = Value.failure(.overflow, "this number is out of range")

    private static let uint = conversion("uint", to: .uint, from: [.uint, .int, .double, .string]) { call in
        switch call[0] {
        case .uint: return call[0]
        case .int(let number): return UInt64(exactly: number).map(Value.uint) ?? outOfRange
        case .double(let number):
            guard number > -1, number < 0x1p64 else { return outOfRange }
            return .uint(UInt64(number))
        case .string(let text):
            return UInt64(text).map(Value.uint) ?? call.invalid("this text is no uint")
        case .null, .bool, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown, .error:
            return call.mismatch()
        }
    }

    private static let double = conversion("double", to: .double, from: [.double, .int, .uint, .string]) {
        call in
        switch call[0] {
        case .double: call[0]
        case .int(let number): .double(Double(number))
        case .uint(let number): .double(Double(number))
        case .string(let text):
            Double(strict: text).map(Value.double) ?? call.invalid("this text is no double")
        case .null, .bool, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown, .error:
            call.mismatch()
        }
    }

    private static let string = conversion(
        "string", to: .string,
        from: [.string, .int, .uint, .double, .bool, .bytes, .timestamp, .duration]
    ) { call in
        switch call[0] {
        case .string: call[0]
        case .int(let number): .string(String(number))
        case .uint(let number): .string(String(number))
        case .double(let number): .string(number.celText)
        case .bool(let truth): .string(truth ? "true" : "false")
        case .bytes(let bytes): text(bytes, &call)
        case .timestamp(let instant): .string(instant.description)
        case .duration(let span): .string(span.description)
        case .null, .list, .map, .type, .optional, .unknown, .error: call.mismatch()
        }
    }

    private static func text(_ bytes: [UInt8], _ call: inout Call) -> Value {
        guard call.meter.pay(bytes: bytes.count) else { return Call.tooExpensive }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return call.invalid("these bytes are no valid UTF-8")
        }
        return .string(text)
    }

    private static let bool = conversion("bool", to: .bool, from: [.bool, .string]) { call in
        switch call[0] {
        case .bool: return call[0]
        case .string(let text):
            if ["1", "t", "true", "TRUE", "True"].contains(text) { return .bool(true) }
            if ["0", "f", "false", "FALSE", "False"].contains(text) { return .bool(false) }
            return call.invalid("this text is neither true nor false")
        case .null, .int, .uint, .double, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
            .unknown,
            .error:
            return call.mismatch()
        }
    }

    private static let bytes = conversion("bytes", to: .bytes, from: [.bytes, .string]) { call in
        guard case .string(let text) = call[0] else {
            if case .bytes = call[0] { return call[0] }
            return call.mismatch()
        }
        return call.meter.pay(bytes: text.utf8.count) ? .bytes(Array(text.utf8)) : Call.tooExpensive
    }

    private static let timestamp = conversion("timestamp", to: .timestamp, from: [.timestamp, .string, .int])
    { call in
        switch call[0] {
        case .timestamp: return call[0]
        case .string(let text):
            return Timestamp(text).map(Value.timestamp)
                ?? call.invalid("a timestamp is written like 2026-05-01T09:00:00Z, in the years 1 to 9999")
        case .int(let seconds): return Timestamp(seconds: seconds).map(Value.timestamp) ?? outOfRange
        case .null, .bool, .uint, .double, .bytes, .list, .map, .duration, .type, .optional, .unknown, .error:
            return call.mismatch()
        }
    }

    private static let duration = conversion("duration", to: .duration, from: [.duration, .string]) { call in
        switch call[0] {
        case .duration: return call[0]
        case .string(let text):
            return Duration(text).map(Value.duration)
                ?? call.invalid("a duration is written like 30d, 1h30m or 2.5s, within 10,000 years")
        case .null, .bool, .int, .uint, .double, .bytes, .list, .map, .timestamp, .type, .optional, .unknown,
            .error:
            return call.mismatch()
        }
    }
}

extension Double {
    /// A number as CEL writes it, or `nan`, `inf` or `infinity` with or without a sign and in letters of either case.
    init?(strict text: String) {
        let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
        switch text.dropFirst(isSigned ? 1 : 0).lowercased() {
        case "nan": self = .nan
        case "inf", "infinity": self = text.hasPrefix("-") ? -.infinity : .infinity
        case _:
            guard text.utf8.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }), let number = Double(text)
            else {
                return nil
            }
            self = number
        }
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    var celText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
