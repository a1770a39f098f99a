import TenureCore

/// A mapping of the format: which keys it may have, what they hold and what they mean. Readers check against it,
/// and schemas, hover texts and the tables of the documents are made of it, so that none of them can differ.
struct Form: Sendable {
    /// The name in a schema's `$defs` and in the documents.
    let name: String
    /// What a message about a mistake calls it.
    let noun: String
    let about: String
    let fields: [Field]
    let rules: [Rule]

    init(_ name: String, noun: String? = nil, _ about: String, _ fields: [Field], rules: [Rule] = []) {
        self.name = name
        self.noun = noun ?? name
        self.about = about
        self.fields = fields
        self.rules = rules
    }

    var keys: [String] { fields.map(\.key) }

    subscript(key: String) -> Field? { fields.first { isSame($0.key, key) } }
}

/// One key of a form.
struct Field: Sendable {
    let key: String
    let value: ValueForm
    let isRequired: Bool
    let about: String
    /// What holds when the key is left out, as a reader of the documents sees it.
    let standard: String
    let examples: [JSON]

    /// A key that may be left out.
    static func may(
        _ key: String, _ value: ValueForm, _ about: String, default standard: String = "", examples: [JSON] = []
    ) -> Field {
        Field(key: key, value: value, isRequired: false, about: about, standard: standard, examples: examples)
    }

    /// A key that must be there.
    static func must(_ key: String, _ value: ValueForm, _ about: String, examples: [JSON] = []) -> Field {
        Field(key: key, value: value, isRequired: true, about: about, standard: "", examples: examples)
    }

    /// What every definition may carry.
    static let requirements = may(
        "requirements", .list(.shaped(.requirement)),
        "Ids of requirements that the definition meets; `tenure check --requirements` makes a page of them.",
        examples: [["MAE-45"]])
}

/// What a value may be.
indirect enum ValueForm: Sendable {
    /// Any single value that is not empty: YAML's own kinds do not matter, `title: 7` is the text `7`.
    case text
    /// A text that names something defined elsewhere: what it names.
    case reference(String)
    case flag
    /// Only `true`, for keys that choose by being there.
    case yes
    case whole(ClosedRange<Int>)
    case number(ClosedRange<Double>?)
    case span(ClosedRange<Int32>)
    case choice([String])
    case condition(ConditionResult)
    case shaped(TextShape)
    /// A whole number, or a range such as `3..44`.
    case range
    case list(ValueForm)
    case form(Form)
    /// A mapping with keys of the author's own.
    case entries(TextShape?, ValueForm)
    /// `[value, points]`
    case point
    /// A written `null`.
    case nothing
    case either([ValueForm])
    /// Checked against the programme's own definitions, of which a schema knows nothing.
    case anything

    /// The names of an enumeration that the programme's values use themselves.
    static func choice<Choice>(of type: Choice.Type) -> ValueForm
    where Choice: RawRepresentable<String> & CaseIterable {
        .choice(type.allCases.map(\.rawValue))
    }

    static let spanMax: ClosedRange<Int32> = 0...100_000
}

/// What keys of one form have to do with each other.
enum Rule: Sendable {
    case exactlyOne([String])
    case atMostOne([String])
    /// Beside the first key the others must stand.
    case together(String, needs: [String])
    /// Beside the first key the others may not stand.
    case apart(String, from: [String])
    case when(Test, needs: [String] = [], forbids: [String] = [], narrows: [String: ValueForm] = [:])
    indirect case unless(Test, Rule)

    /// What is asked of one key.
    struct Test: Sendable {
        let key: String
        /// A regular expression; nil: the key is there.
        var pattern: String?
        var values: [String] = []
    }
}
