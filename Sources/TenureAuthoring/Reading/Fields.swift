import CEL
import TenureCore
import TenureProgramme

/// A mapping of which some keys are known: the way every reader takes its values.
struct Fields {
    let map: MapNode
    /// Which keys there are, which must be there, and what numbers and spans lie between.
    let form: Form
    let reading: Reading

    /// Reports every key that the form does not have.
    init(_ map: MapNode, _ form: Form, _ reading: Reading) {
        self.map = map
        self.form = form
        self.reading = reading
        for entry in map.entries where form[entry.key.text] == nil {
            let hint = reading.suggestion(entry.key.text, among: form.keys)
            reading.report(.unknownKey(entry.key, of: noun, keys: form.keys, hint: hint))
        }
    }

    /// What the mapping is, for messages: `signal`, `step`.
    var noun: String { form.noun }

    /// Nil when it is not there, which is reported if the form, or this place in particular, requires it.
    func node(_ key: String, required: Bool = false) -> Node? {
        if let node = map[key] { return node }
        if required || form[key]?.isRequired == true {
            reading.report(.missingKey(key, of: noun, at: map.place))
        }
        return nil
    }

    func has(_ key: String) -> Bool { map[key] != nil }

    func text(_ key: String, required: Bool = false) -> String? {
        node(key, required: required).flatMap { reading.text($0, key) }
    }

    func flag(_ key: String, default value: Bool = false) -> Bool {
        node(key).flatMap { reading.flag($0, key) } ?? value
    }

    /// - Parameter range: in place of the form's.
    func whole(_ key: String, in range: ClosedRange<Int>? = nil, required: Bool = false) -> Int? {
        let range = range ?? form[key]?.value.wholeRange ?? Int.min...Int.max
        return node(key, required: required).flatMap { reading.whole($0, key, in: range) }
    }

    /// - Parameter range: in place of the form's.
    func number(_ key: String, in range: ClosedRange<Double>? = nil, required: Bool = false) -> Double? {
        node(key, required: required).flatMap { reading.number($0, key, in: range ?? form[key]?.value.numberRange) }
    }

    /// - Parameter counts: in place of the form's.
    func span(_ key: String, in counts: ClosedRange<Int32>? = nil, required: Bool = false) -> Span? {
        let counts = counts ?? form[key]?.value.spanRange ?? ValueForm.spanMax
        return node(key, required: required).flatMap { reading.span($0, key, in: counts) }
    }

    func choice<Choice>(_ key: String, _ type: Choice.Type, required: Bool = false) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        node(key, required: required)
            .flatMap { reading.choice($0, key, of: Choice.allCases.map(\.rawValue)) }
            .flatMap(Choice.init(rawValue:))
    }

    func texts(_ key: String) -> [String] { node(key).map { reading.texts($0, key) } ?? [] }

    func items(_ key: String, required: Bool = false) -> [Node] {
        node(key, required: required).map { reading.items($0, key) } ?? []
    }

    /// The items of a list of mappings.
    func maps(_ key: String, required: Bool = false) -> [MapNode] {
        items(key, required: required).compactMap { reading.map($0, key) }
    }

    func map(_ key: String, required: Bool = false) -> MapNode? {
        node(key, required: required).flatMap { reading.map($0, key) }
    }

    func condition(
        _ key: String, _ vocabulary: Vocabulary, _ result: ConditionResult = .truth, required: Bool = false
    ) -> Condition? {
        node(key, required: required).flatMap {
            reading.condition($0, key, of: noun, vocabulary: vocabulary, result: result)
        }
    }

    /// The ids of requirements; anything that looks like one is taken, for they live in another document.
    func requirements(_ kind: DefinitionKind, _ id: String) -> RequirementIDs {
        let ids = items("requirements").compactMap { reading.requirement($0) }
        reading.sources.carry(ids, by: kind, id)
        return ids
    }
}

extension Reading {
    fileprivate func requirement(_ node: Node) -> String? {
        guard let scalar = scalar(node, "requirements", "a requirement, such as `MAE-45`") else { return nil }
        guard isID(scalar.text), scalar.text.dropFirst().contains("-") else {
            report(.malformedRequirement(scalar))
            return nil
        }
        return scalar.text
    }
}
