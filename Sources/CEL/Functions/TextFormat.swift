/// `"%d of %s".format([1, "x"])`.
enum TextFormat {
    static let function = Function("format", [.member(.string, [.list(.dyn)], .string)]) { call in
        guard case .string(let template) = call[0], case .list(let arguments) = call[1] else {
            return call.mismatch()
        }
        guard call.meter.pay(bytes: template.utf8.count) else { return Call.tooExpensive }
        var writer = FormatWriter(Array(template.unicodeScalars), arguments, call.meter)
        let result = writer.write()
        call.meter = writer.meter
        return call.meter.isEmpty ? Call.tooExpensive : result
    }
}

/// Writes a template with its arguments.
private struct FormatWriter {
    private struct Mistake: Error {
        let message: String
    }

    private let template: [Unicode.Scalar]
    private let arguments: [Value]
    private var place = 0
    private var used = 0
    private var output = String.UnicodeScalarView()
    var meter: Meter

    /// The most digits behind the point.
    private static let precisionLimit = 100
    /// How deep `%s` shows lists and maps in each other.
    private static let depthLimit = 64

    init(_ template: [Unicode.Scalar], _ arguments: [Value], _ meter: Meter) {
        self.template = template
        self.arguments = arguments
        self.meter = meter
    }

    mutating func write() -> Value {
        do throws(Mistake) {
            while let scalar = next() {
                if scalar == "%" { try writeClause() } else { output.append(scalar) }
            }
            return .string(String(output))
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }

    private mutating func next() -> Unicode.Scalar? {
        guard place < template.count else { return nil }
        place += 1
        return template[place - 1]
    }

    private mutating func writeClause() throws(Mistake) {
        var letter = next()
        if letter == "%" {
            output.append("%")
            return
        }
        var precision: Int?
        if letter == "." {
            precision = try self.precision()
            letter = next()
        }
        guard let letter, "sdfeboxX".unicodeScalars.contains(letter) else {
            throw Mistake(message: "`format` knows %s %d %f %e %b %o %x and %X")
        }
        guard used < arguments.count else {
            throw Mistake(message: "`format` has fewer arguments than clauses")
        }
        used += 1
        try append(try text(letter, arguments[used - 1], precision))
    }

    private mutating func precision() throws(Mistake) -> Int {
        var digits = ""
        while place < template.count, ("0"..."9").contains(template[place]) {
            digits.unicodeScalars.append(template[place])
            place += 1
        }
        guard let precision = Int(digits), precision <= Self.precisionLimit else {
            throw Mistake(message: "a precision has up to \(Self.precisionLimit) digits behind the point")
        }
        return precision
    }

    private mutating func append(_ text: String) throws(Mistake) {
        guard meter.pay(bytes: text.utf8.count) else { throw Mistake(message: "") }
        output.append(contentsOf: text.unicodeScalars)
    }

    // MARK: Clauses

    private mutating func text(_ letter: Unicode.Scalar, _ value: Value, _ precision: Int?) throws(Mistake)
        -> String
    {
        switch letter {
        case "s": return try shown(value, depth: 0)
        case "d":
            if let special = special(value) { return special }
            return try whole(value, radix: 10, letter)
        case "b":
            if case .bool(let truth) = value { return truth ? "1" : "0" }
            return try whole(value, radix: 2, letter)
        case "o": return try whole(value, radix: 8, letter)
        case "x", "X": return try hexadecimal(value, letter)
        case _:
            if let special = special(value) { return special }
            guard let number = value.asDouble else { throw unsuitable(value, letter) }
            guard meter.pay(50) else { throw Mistake(message: "") }
            let decimal = ExactDecimal(number)
            return letter == "f" ? decimal.fixed(precision ?? 6) : decimal.scientific(precision ?? 6)
        }
    }

    private func unsuitable(_ value: Value, _ letter: Unicode.Scalar) -> Mistake {
        Mistake(message: "`%\(letter)` can not show \(value.typeName)")
    }

    /// The name of a double that is no finite number.
    private func special(_ value: Value) -> String? {
        if case .double(let number) = value, !number.isFinite { number.celText } else { nil }
    }

    private func whole(_ value: Value, radix: Int, _ letter: Unicode.Scalar) throws(Mistake) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix, uppercase: letter == "X")
        case .uint(let number): return String(number, radix: radix, uppercase: letter == "X")
        case .null, .bool, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
            .unknown,
            .error:
            throw unsuitable(value, letter)
        }
    }

    private func hexadecimal(_ value: Value, _ letter: Unicode.Scalar) throws(Mistake) -> String {
        switch value {
        case .string(let text): hexadecimal(Array(text.utf8), letter)
        case .bytes(let bytes): hexadecimal(bytes, letter)
        case .null, .bool, .int, .uint, .double, .list, .map, .timestamp, .duration, .type, .optional,
            .unknown,
            .error:
            try whole(value, radix: 16, letter)
        }
    }

    private func hexadecimal(_ bytes: [UInt8], _ letter: Unicode.Scalar) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: letter == "X") }.joined()
    }

    /// A value as `%s` shows it; maps in the order of their keys.
    private mutating func shown(_ value: Value, depth: Int) throws(Mistake) -> String {
        guard meter.pay(1), depth < Self.depthLimit else {
            throw Mistake(message: "this value is too deep to show")
        }
        switch value {
        case .string(let text): return text
        case .null: return "null"
        case .bool(let truth): return truth ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return number.celText
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .timestamp(let instant): return instant.description
        case .duration(let span): return span.description
        case .type(let name): return name.name
        case .list(let elements):
            var texts: [String] = []
            for element in elements { texts.append(try paid(try shown(element, depth: depth + 1))) }
            return "[" + texts.joined(separator: ", ") + "]"
        case .map(let map): return try shown(map, depth: depth)
        case .optional, .unknown, .error: throw unsuitable(value, "s")
        }
    }

    private mutating func shown(_ map: CELMap, depth: Int) throws(Mistake) -> String {
        var texts: [String] = []
        for entry in map.entries {
            let key = try shown(entry.key, depth: depth + 1)
            texts.append(try paid(key + ": " + (try shown(entry.value, depth: depth + 1))))
        }
        texts.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return "{" + texts.joined(separator: ", ") + "}"
    }

    private mutating func paid(_ text: String) throws(Mistake) -> String {
        guard meter.pay(bytes: text.utf8.count) else { throw Mistake(message: "") }
        return text
    }
}
