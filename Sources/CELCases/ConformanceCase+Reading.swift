import CEL
import TenureCore

extension ConformanceCase {
    /// Values nest in each other, two levels of JSON for each of their own.
    private static var limits: JSONReader.Limits {
        var limits = JSONReader.Limits()
        limits.depth = 128
        limits.stringBytes = 1 << 20
        limits.allowsNUL = true
        return limits
    }

    /// Every case of a file, in its order.
    package static func read(_ bytes: [UInt8]) throws(CaseFileMistake) -> [ConformanceCase] {
        let json: JSON
        switch JSONReader.read(bytes, limits: limits) {
        case .success(let value): json = value
        case .failure(let refusal):
            throw CaseFileMistake(place: nil, what: "It is no JSON: \(refusal.reason.rawValue) at byte \(refusal.offset).")
        }
        guard let rows = json.array else {
            throw CaseFileMistake(place: nil, what: "It holds \(json.kindName), not a list of cases.")
        }
        var cases: [ConformanceCase] = []
        for (index, row) in rows.enumerated() { cases.append(try CaseReader(row, number: index + 1).read()) }
        return cases
    }
}

/// Reads one case.
private struct CaseReader {
    private let fields: JSONObject
    private let place: String

    init(_ json: JSON, number: Int) throws(CaseFileMistake) {
        guard let fields = json.object else {
            throw CaseFileMistake(place: "case \(number)", what: "It is \(json.kindName), not an object.")
        }
        self.fields = fields
        place = "case \(number)" + (fields["id"]?.string.map { " (\($0))" } ?? "")
    }

    func read() throws(CaseFileMistake) -> ConformanceCase {
        let bindings = try bindings()
        return ConformanceCase(
            id: fields["id"]?.string ?? place, feature: try text("feature"), expression: try text("expr"),
            expectation: try expectation(), deducedType: fields["deduced_type"]?.string, bindings: bindings,
            vocabulary: try vocabulary(bindings.keys.sorted { precedes($0, $1) }))
    }

    private func mistake(_ what: String) -> CaseFileMistake { CaseFileMistake(place: place, what: what) }

    private func text(_ name: String) throws(CaseFileMistake) -> String {
        guard let text = fields[name]?.string else { throw mistake("`\(name)` must be a text.") }
        return text
    }

    // MARK: What is expected

    private func expectation() throws(CaseFileMistake) -> ConformanceCase.Expectation {
        guard let expect = fields["expect"]?.object else { throw mistake("`expect` must be an object.") }
        if let json = expect["value"] { return .value(try value(json, "expect.value")) }
        if expect["error"] != nil || expect["any_error"] != nil { return .error }
        if expect["check_only"] != nil { return .compiles }
        throw mistake("`expect` has none of `value`, `error`, `any_error` and `check_only`.")
    }

    private func value(_ json: JSON, _ name: String) throws(CaseFileMistake) -> Value {
        guard let value = Value(typed: json) else { throw mistake("`\(name)` is no typed value.") }
        return value
    }

    // MARK: Where it stands

    private func bindings() throws(CaseFileMistake) -> [String: Value] {
        var bindings: [String: Value] = [:]
        for member in fields["bindings"]?.object?.members ?? [] {
            bindings[member.name] = try value(member.value, "bindings.\(member.name)")
        }
        return bindings
    }

    private func vocabulary(_ bound: [String]) throws(CaseFileMistake) -> Vocabulary {
        var vocabulary = fields["disable_check"]?.bool == true ? Vocabulary.unchecked : Vocabulary()
        vocabulary.container = fields["container"]?.string ?? ""
        vocabulary.expandsMacros = fields["disable_macros"]?.bool != true
        for name in bound { vocabulary.declare(name, .dyn) }
        for entry in fields["type_env"]?.array ?? [] { try declare(entry.object, in: &vocabulary) }
        return vocabulary
    }

    private func declare(_ entry: JSONObject?, in vocabulary: inout Vocabulary) throws(CaseFileMistake) {
        guard let entry, let name = entry["name"]?.string else { throw mistake("`type_env` needs names.") }
        if let spelling = entry["type"]?.string { vocabulary.declare(name, try type(spelling)) }
        guard let rows = entry["overloads"]?.array else { return }
        var overloads: [Overload] = []
        for row in rows { overloads.append(try overload(row.object ?? JSONObject())) }
        // No case calls a function of its own: only its types matter.
        vocabulary.declareFunction(name, overloads) { $0.first ?? .null }
    }

    private func overload(_ row: JSONObject) throws(CaseFileMistake) -> Overload {
        let spellings = (row["params"]?.array ?? []).compactMap(\.string) + [row["result"]?.string ?? "dyn"]
        guard let types = TypeSpelling.types(spellings) else { throw mistake("`type_env` holds an unknown type.") }
        return Overload(types.dropLast(), types.last ?? .dyn, isMember: row["member"]?.bool ?? false)
    }

    private func type(_ spelling: String) throws(CaseFileMistake) -> Type {
        guard let type = TypeSpelling.types([spelling])?.first else {
            throw mistake("`\(spelling)` is no type.")
        }
        return type
    }
}
