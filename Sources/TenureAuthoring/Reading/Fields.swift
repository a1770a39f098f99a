import CEL
import TenureCore
import TenureProgramme

/// A mapping of which some keys are known: the way every reader takes its values.
struct Fields {
    let map: MapNode
    /// Which keys there are, which must be there, and what numbers and spans lie between.
    let form: Form
    let reading: Reading
    /// Keys that were probably meant by those that there are not: they are not missing as well.
    private var meant: Set<String> = []

    /// Reports every key that the form does not have.
    init(_ map: MapNode, _ form: Form, _ reading: Reading) {
        self.map = map
        self.form = form
        self.reading = reading
        let keys = form.keys
        for entry in map.entries where form[entry.key.text] == nil {
            // Suggestions cost time, and only a few mistakes are shown.
            if !reading.isFull {
                let near = NearestNames.of(entry.key.text, among: keys)
                meant.formUnion(
                    near + OtherWords.meant(entry.key.text, among: keys) + [Invisible.meant(entry.key.text)])
            }
            let hint =
                Invisible.hint(entry.key.text) ?? reading.suggestion(entry.key.text, among: keys, isKey: true)
            reading.report(.unknownKey(entry.key, of: noun, keys: keys, hint: hint))
        }
    }

    /// What the mapping is, for messages: `signal`, `step`.
    var noun: String { form.noun }

    /// Nil when it is not there, which is reported if the form, or this place in particular, requires it.
    func node(_ key: String, required: Bool = false) -> Node? {
        if let node = map[key] { return node }
        if required || form[key]?.isRequired == true, !isMeant(key) {
            reading.report(.missingKey(key, of: noun, at: map.place))
        }
        return nil
    }

    /// Whether the key is not there, but one like it is.
    func isMeant(_ key: String) -> Bool { map[key] == nil && meant.contains(key) }

    /// The only one of the keys that is written; reports none and several.
    func only(of keys: [String]) -> String? {
        let said = keys.filter { has($0) }
        if said.count == 1 { return said[0] }
        if !said.isEmpty || !keys.contains(where: { isMeant($0) }) {
            reading.report(.oneOfKeys(keys, of: noun, at: map.place, found: said))
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

    /// The items of a list; one that is required may not be empty.
    func items(_ key: String, required: Bool = false) -> [Node] {
        guard let node = node(key, required: required) else { return [] }
        if required || form[key]?.isRequired == true, let list = node.list, list.items.isEmpty {
            reading.report(.emptyList(key, of: noun, at: list.place))
        }
        return reading.items(node, key)
    }

    /// Texts of which at least one is needed.
    func someTexts(_ key: String) -> [String] {
        items(key, required: true).compactMap { reading.text($0, key) }
    }

    /// The items of a list of mappings.
    func maps(_ key: String, required: Bool = false) -> [MapNode] {
        items(key, required: required).compactMap { reading.map($0, key) }
    }

    func map(_ key: String, required: Bool = false) -> MapNode? {
        node(key, required: required).flatMap { reading.map($0, key) }
    }

    func condition(
        _ key: String, _ vocabulary: Vocabulary, _ result: ConditionResult = .truth, required: Bool = false,
        about kinds: [EventField] = []
    ) -> Condition? {
        node(key, required: required).flatMap {
            reading.condition($0, key, of: noun, vocabulary: vocabulary, result: result, about: kinds)
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
