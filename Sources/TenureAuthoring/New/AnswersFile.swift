package import TenureCore

/// Answers in a file, for those who do not want to be asked: a mapping from the question's name to the answer.
package enum AnswersFile {
    /// The answers, those that are left out as they stand by default; or what is wrong, a line each.
    package static func read(_ text: String, file: String, zones: ZoneTable) -> (Answers?, [String]) {
        let (root, _, mistakes) = SafeYAML.read(text, file: file)
        guard let root else { return (nil, mistakes.map { "\(file): \($0.title)" }) }
        guard let map = root.map else { return (nil, ["\(file): this must be a mapping, such as `name: Acme`"]) }
        var answers = Answers()
        var wrong = unknown(map, file)
        for question in Question.allCases {
            guard let entry = map.entry(question.rawValue) else { continue }
            guard let answer = written(entry.value) else {
                wrong.append("\(line(entry.key)): `\(question.rawValue)` is a text, a number or a list")
                continue
            }
            if let sentence = answers.take(answer, for: question, zones: zones) {
                wrong.append("\(line(entry.key)): `\(question.rawValue)`: \(sentence)")
            }
        }
        return wrong.isEmpty ? (answers, []) : (nil, wrong)
    }

    private static func unknown(_ map: MapNode, _ file: String) -> [String] {
        let names = Question.allCases.map(\.rawValue)
        return map.entries.filter { Question(rawValue: $0.key.text) == nil }.map { entry in
            let hint = didYouMean(entry.key.text, among: names) ?? "questions are \(listed(names, "and"))"
            return "\(line(entry.key)): nobody asks `\(entry.key.text)`; \(hint)"
        }
    }

    private static func line(_ key: Scalar) -> String { "\(key.place.file):\(key.place.line)" }

    /// As somebody would type it: lists by commas, mappings as `key: value`.
    private static func written(_ node: Node) -> String? {
        switch node {
        case .scalar(let scalar): return scalar.isEmpty ? nil : scalar.text
        case .list(let list):
            let items = list.items.compactMap(written)
            return items.count == list.items.count ? items.joined(separator: ", ") : nil
        case .map(let map):
            let items = map.entries.compactMap { entry in entry.value.scalar.map { "\(entry.key.text): \($0.text)" } }
            return items.count == map.entries.count ? items.joined(separator: ", ") : nil
        }
    }
}
