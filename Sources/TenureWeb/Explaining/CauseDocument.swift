import TenureCore
import TenureInsight

extension ScoreCauses {
    var document: JSON { .array(lines.map(\.document)) }
}

extension ScoreCauses.Line {
    fileprivate var document: JSON {
        [
            "id": .string(id), "title": .string(title), "cause": .string(cause.rawValue),
            "events": .array(facts.map(\.document)), "more": JSON(others),
        ]
    }
}

extension ScoreCauses.NamedFact {
    fileprivate var document: JSON {
        [
            "id": .string(id), "source": .string(source), "type": .string(type),
            "occurred": .string(occurred.text), "way": .string(way.rawValue),
        ]
    }
}
