import CEL
import Foundation
import Testing

/// The cases of google/cel-spec, from the JSON file that `CEL_CONFORMANCE` names.
@Suite struct ConformanceTests {
    static let path = ProcessInfo.processInfo.environment["CEL_CONFORMANCE"]

    @Test func `without the specification's cases this says loudly that they were skipped`() {
        if Self.path == nil { print("SKIPPED: set CEL_CONFORMANCE to run the cases of google/cel-spec") }
        #expect(Self.path != "")
    }

    @Test(.enabled(if: path != nil, "CEL_CONFORMANCE names no file"))
    func `every case of the specification gives what it expects`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.path)))
        let cases = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        var tally = Tally()
        for fields in cases { tally.add(ConformanceCase(fields)) }
        print(tally.summary)
        for failure in tally.failures { Issue.record("\(failure)") }
        #expect(tally.passed > 0)
    }
}

/// How the cases went.
private struct Tally {
    var passed = 0
    var skipped: [String: Int] = [:]
    var failures: [String] = []

    mutating func add(_ item: ConformanceCase) {
        if let reason = item.reasonToSkip {
            skipped[reason, default: 0] += 1
        } else if let failure = item.failure() {
            failures.append(failure)
        } else {
            passed += 1
        }
    }

    var summary: String {
        let skips = skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return
            "conformance: \(passed) passed, \(failures.count) failed, skipped: \(skips.isEmpty ? "none" : skips)"
    }
}

private struct ConformanceCase {
    let fields: [String: Any]

    init(_ fields: [String: Any]) { self.fields = fields }

    var expression: String { fields["expr"] as? String ?? "" }
    var feature: String { fields["feature"] as? String ?? "" }
    var bindings: [String: Any] { fields["bindings"] as? [String: Any] ?? [:] }
    var environment: [[String: Any]] { fields["type_env"] as? [[String: Any]] ?? [] }

    var reasonToSkip: String? {
        if feature == "ext:network" || feature == "ext:block" { return feature }
        if expression.contains("tuple(") { return "abstract types" }
        return nil
    }

    /// What went wrong, or nil.
    func failure() -> String? {
        let label =
            "\(fields["file"] ?? "")/\(fields["section"] ?? "")/\(fields["name"] ?? ""): \(expression)"
        let expectation = fields["expect"] as? [String: Any] ?? [:]
        switch Program.compile(expression, vocabulary: vocabulary) {
        case .failure(let issues):
            if expectation["error"] != nil { return nil }
            return "\(label)\n  does not compile: \(issues.issues.map(\.message))"
        case .success(let program):
            if let type = fields["deduced_type"] as? String, program.resultType.description != type {
                return "\(label)\n  deduced \(program.resultType) instead of \(type)"
            }
            if expectation["check_only"] != nil { return nil }
            return failure(of: program.evaluate(BoundSlots(program, bindings)), expectation, label)
        }
    }

    private func failure(of value: Value, _ expectation: [String: Any], _ label: String) -> String? {
        if let wanted = expectation["value"] as? [String: Any] {
            return value.celMatches(Value(json: wanted))
                ? nil : "\(label)\n  gave \(value) instead of \(wanted)"
        }
        if case .error = value { return nil }
        return "\(label)\n  gave \(value) instead of an error"
    }

    private var vocabulary: Vocabulary {
        var vocabulary = fields["disable_check"] as? Bool == true ? Vocabulary.unchecked : Vocabulary()
        vocabulary.container = fields["container"] as? String ?? ""
        vocabulary.useZones(SystemZones())
        for entry in environment { declare(entry, in: &vocabulary) }
        for name in bindings.keys where !environment.contains(where: { $0["name"] as? String == name }) {
            vocabulary.declare(name, .dyn)
        }
        return vocabulary
    }

    private func declare(_ entry: [String: Any], in vocabulary: inout Vocabulary) {
        guard let name = entry["name"] as? String else { return }
        if let type = entry["type"] as? String { vocabulary.declare(name, Type(spelling: type)) }
        for overload in entry["overloads"] as? [[String: Any]] ?? [] {
            let parameters = (overload["params"] as? [String] ?? []).map(Type.init(spelling:))
            let result = Type(spelling: overload["result"] as? String ?? "dyn")
            vocabulary.declareFunction(
                name, parameters, result, isMember: overload["member"] as? Bool ?? false
            ) {
                $0.first ?? .null
            }
        }
    }
}

private struct BoundSlots: SlotSource {
    private let values: [Value]

    init(_ program: Program, _ bindings: [String: Any]) {
        values = program.references.enumerated().map { slot, reference in
            guard case .path(let path) = reference, let json = bindings[path] as? [String: Any] else {
                return .error(EvaluationError(.host, "nothing is bound to \(reference)"))
            }
            return Value(json: json)
        }
    }

    func value(at slot: Int) -> Value { values[slot] }
}

private struct SystemZones: ZoneSource {
    func offsetSeconds(zone: String, at: Int64) -> Int? {
        TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(at)))
    }
}

extension Type {
    /// `map(string, list(int))`
    fileprivate init(spelling: String) {
        let simple: [String: Type] = [
            "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
            "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "dyn": .dyn,
        ]
        if let type = simple[spelling] {
            self = type
        } else if spelling.hasPrefix("list(") {
            self = .list(Type(spelling: String(spelling.dropFirst(5).dropLast())))
        } else if spelling.hasPrefix("map("), let comma = spelling.firstIndex(of: ",") {
            let key = spelling[spelling.index(spelling.startIndex, offsetBy: 4)..<comma]
            let value = spelling[spelling.index(comma, offsetBy: 2)...].dropLast()
            self = .map(Type(spelling: String(key)), Type(spelling: String(value)))
        } else {
            self = .dyn
        }
    }
}

extension Value {
    /// A value of the conformance file: `{"t": type, "v": content}`.
    fileprivate init(json: [String: Any]) {
        let content = json["v"]
        let text = content as? String ?? ""
        let rows = content as? [Any] ?? []
        switch json["t"] as? String {
        case "bool": self = .bool(content as? Bool ?? false)
        case "int": self = .int(Int64(text) ?? 0)
        case "uint": self = .uint(UInt64(text) ?? 0)
        case "double": self = .double((content as? NSNumber)?.doubleValue ?? Double(text) ?? .nan)
        case "string": self = .string(text)
        case "bytes": self = .bytes([UInt8](Data(base64Encoded: text) ?? Data()))
        case "list": self = .list(rows.map { Value(json: $0 as? [String: Any] ?? [:]) })
        case "map":
            var map = CELMap()
            for row in rows.compactMap({ $0 as? [[String: Any]] }) {
                map.insert(Value(json: row[0]), Value(json: row[1]))
            }
            self = .map(map)
        case "type": self = .type(TypeName(text))
        case "timestamp":
            let instant = Timestamp(
                seconds: Int64(json["s"] as? String ?? "") ?? 0, nanoseconds: json.nanoseconds)
            self = instant.map(Value.timestamp) ?? .null
        case "duration":
            let seconds = Int128(Int64(json["s"] as? String ?? "") ?? 0)
            let span = Duration(nanoseconds: seconds * 1_000_000_000 + Int128(json.nanoseconds))
            self = span.map(Value.duration) ?? .null
        case _: self = .null
        }
    }

    /// The same kind and content; every NaN is as good as another.
    fileprivate func celMatches(_ wanted: Value) -> Bool {
        if case .double(let a) = self, case .double(let b) = wanted { return a == b || (a.isNaN && b.isNaN) }
        return self == wanted
    }
}

extension [String: Any] {
    fileprivate var nanoseconds: Int32 { Int32((self["n"] as? NSNumber)?.intValue ?? 0) }
}
