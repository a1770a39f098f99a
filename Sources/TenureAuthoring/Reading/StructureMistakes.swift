extension Diagnostic {
    static func tooMany(_ count: Int) -> Diagnostic {
        Diagnostic(.tooManyMistakes, "there are more than \(count) mistakes; the others are not shown")
    }

    static func emptyFolder() -> Diagnostic {
        Diagnostic(
            .emptyFolder, "this folder holds no programme", why: "A programme is a folder of `*.yaml` files.")
    }

    static func unknownSection(_ key: Scalar, hint: String?) -> Diagnostic {
        Diagnostic(
            .unknownSection, "there is no section `\(key.text)`", at: Label(key.place, "unknown section"),
            why: "The sections are \(listed(Section.allCases.map(\.rawValue), "and")).", hint: hint)
    }

    static func unknownKey(_ key: Scalar, of noun: String, keys: [String], hint: String?) -> Diagnostic {
        Diagnostic(
            .unknownKey, "\(withArticle(noun)) has no key `\(key.text)`", at: Label(key.place, "unknown key"),
            why: "The keys are \(listed(keys, "and")).", hint: hint)
    }

    static func missingKey(_ key: String, of noun: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .missingKey, "this \(noun) has no `\(key)`", at: Label(place, "`\(key)` is missing here"),
            why: "\(capitalised(withArticle(noun))) needs `\(key)`.")
    }

    static func wrongKind(_ key: String, wanted: String, got node: Node) -> Diagnostic {
        Diagnostic(
            .wrongKind, "\(key.contains("`") ? key : "`\(key)`") must be \(wanted)",
            at: Label(node.place, "this is \(node.kindName)"),
            hint: PlainSpelling.hint(node, wanted: wanted))
    }

    static func emptyList(_ key: String, of noun: String, at place: Place) -> Diagnostic {
        Diagnostic(
            .emptyList, "`\(key)` of this \(noun) is empty", at: Label(place, "at least one is needed"))
    }

    static func repeatedItem(_ key: String, _ scalar: Scalar, first: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .repeatedItem, "`\(key)` names `\(scalar.text)` twice", at: Label(scalar.place, "again here"))
        mistake.labels.append(Label(first, "first here"))
        return mistake
    }

    static func emptyText(_ key: String, at place: Place) -> Diagnostic {
        Diagnostic(.emptyText, "`\(key)` says nothing", at: Label(place, "an empty text"))
    }

    static func caseTwins(
        _ kind: DefinitionKind, _ id: String, at place: Place, other: String, first: Place
    )
        -> Diagnostic
    {
        var mistake = Diagnostic(
            .caseTwins, severity: .warning, "`\(id)` and `\(other)` differ only in capitals",
            at: Label(place, "this \(kind.rawValue)"),
            why: "They are two \(kind.plural), and easily taken for one.")
        mistake.labels.append(Label(first, "and this one"))
        return mistake
    }

    static func fileIsNoMapping(_ root: Node) -> Diagnostic {
        Diagnostic(
            .wrongKind, "a file must be a mapping of sections",
            at: Label(root.place, "this is \(root.kindName)"),
            why: "A file of a programme holds one or more sections, such as `metrics:` or `signals:`.")
    }

    static func notAChoice(_ key: String, _ scalar: Scalar, _ names: [String], hint: String?) -> Diagnostic {
        Diagnostic(
            .notAChoice, "`\(key)` can not be `\(scalar.text)`",
            at: Label(scalar.place, "not one of the choices"),
            why: "It is one of \(listed(names)).", hint: hint)
    }

    static func malformedID(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedID, "`\(scalar.text.prefix(60))` can not be an id",
            at: Label(scalar.place, "not an id"),
            why:
                "An id is made of letters, digits, `_` and `-`, in parts joined by dots, at most 100 in all.",
            hint: Invisible.hint(scalar.text))
    }

    static func duplicateID(
        _ kind: DefinitionKind, _ id: String, at place: Place, first: Place?
    )
        -> Diagnostic
    {
        var mistake = Diagnostic(
            .duplicateID, "there are two \(kind.plural) called `\(id)`", at: Label(place, "again here"),
            why: "An id names one thing, so that what refers to it means one thing.")
        if let first { mistake.labels.append(Label(first, "first here")) }
        return mistake
    }

    static func reservedID(_ id: String, at place: Place, because reason: String) -> Diagnostic {
        Diagnostic(.reservedID, "`\(id)` is taken", at: Label(place, "choose another id"), why: reason)
    }

    static func noProgramme() -> Diagnostic {
        Diagnostic(
            .programmeCount, "no file says which programme this is",
            why: "A programme has one section `programme:` with its `id`, `title`, `version` and `time_zone`."
        )
    }

    static func secondSection(_ section: Section, at place: Place, first: Place) -> Diagnostic {
        var mistake = Diagnostic(
            .programmeCount, "the section `\(section.rawValue)` is there twice",
            at: Label(place, "again here"),
            why: "Only lists may be spread over files.")
        mistake.labels.append(Label(first, "first here"))
        return mistake
    }

    static func notForCatalogue(_ key: Scalar) -> Diagnostic {
        Diagnostic(
            .notForCatalogue, "a catalogue has no section `\(key.text)`",
            at: Label(key.place, "not in a catalogue"),
            why:
                "A catalogue holds events, entities, metrics and messages; how to judge is for a programme to say."
        )
    }

    static func oneOfKeys(_ keys: [String], of noun: String, at place: Place, found: [String]) -> Diagnostic {
        let said = found.isEmpty ? "none of them is here" : "\(listed(found, "and")) are here"
        return Diagnostic(
            .oneOfKeys, "this \(noun) needs exactly one of \(listed(keys))", at: Label(place, said))
    }

    static func malformedSpan(_ key: String, _ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedSpan, "`\(key)` must be a duration", at: Label(scalar.place, "this is no duration"),
            why:
                "A duration is a whole number, at most 100000, and a unit: `15m 4h 3d 2w 1mo` by the clock or the "
                + "calendar, `8bh 2bd` by the business calendar.")
    }

    enum SpanFault { case negative, nothing, tooLong }

    static func spanOutOfRange(_ key: String, _ scalar: Scalar, _ fault: SpanFault) -> Diagnostic {
        let (said, why) =
            switch fault {
            case .negative:
                (
                    "it is negative",
                    "Only a step's window that is measured from an account's date may count backwards."
                )
            case .nothing: ("it is nothing", "")
            case .tooLong: ("it is longer than a hundred years", "")
            }
        return Diagnostic(
            .spanOutOfRange, "`\(key)` can not be `\(scalar.text)`", at: Label(scalar.place, said), why: why)
    }

    static func malformedDate(_ key: String, _ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedDate, "`\(key)` must be a date", at: Label(scalar.place, "this is no date"),
            why: "A date is written `2026-03-31`.")
    }

    static func malformedHours(_ key: String, _ scalar: Scalar, wanted: String) -> Diagnostic {
        Diagnostic(.malformedHours, "`\(key)` must be \(wanted)", at: Label(scalar.place, "this is not"))
    }

    static func hoursOverlap(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .hoursOverlap, "these hours do not follow each other", at: Label(scalar.place, "here"),
            why: "Each stretch closes after it opens and before the next one opens.")
    }

    static func unknownZone(_ scalar: Scalar, hint: String?) -> Diagnostic {
        Diagnostic(
            .unknownZone, "there is no time zone `\(scalar.text)`", at: Label(scalar.place, "unknown zone"),
            why: "Zones are named as in the IANA database: `Europe/Rome`, `America/New_York`, `UTC`.",
            hint: hint)
    }

    static func malformedColour(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedColour, "`colour` must be a colour", at: Label(scalar.place, "this is no colour"),
            why: "A colour is written in quotes, as `\"#10B981\"`.")
    }

    static func malformedCurrency(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedCurrency, "`currency` must be a currency's code",
            at: Label(scalar.place, "this is none"),
            why: "A code has three capital letters: `USD`, `EUR`.")
    }

    static func malformedRange(_ key: String, _ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedRange, "`\(key)` must be a whole number or a range",
            at: Label(scalar.place, "this is neither"),
            why: "A range is written `3..44`, the first not above the last.")
    }

    static func malformedRequirement(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedRequirement, "`\(scalar.text)` is no requirement", at: Label(scalar.place, "here"),
            why: "A requirement's id is a prefix, a dash and a number: `MAE-45`.")
    }

    static func outOfRange(_ key: String, _ scalar: Scalar, _ range: String) -> Diagnostic {
        Diagnostic(
            .numberOutOfRange, "`\(key)` is out of range", at: Label(scalar.place, "it must be \(range)"))
    }
}

/// `a signal`, `an event`, `an SLA`.
func withArticle(_ noun: String) -> String {
    "aeiou".contains(noun.first ?? " ") || noun.hasPrefix("SLA") ? "an \(noun)" : "a \(noun)"
}

func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

extension DefinitionKind {
    var plural: String {
        switch self {
        case .entity: "entities"
        case .health: "health models"
        case .programme, .calendar, .role, .tier, .segment, .accountField, .event, .feature, .metric, .group,
            .component, .cap, .band, .sla, .clock, .kpi, .signal, .play, .step, .message, .scenario:
            rawValue + "s"
        }
    }
}
