import Yams

/// Reads the safe subset of YAML: one document of lists, mappings with text keys, and texts. Anchors,
/// aliases, tags, merge keys and duplicate keys are mistakes, and so is anything beyond the limits.
struct SafeYAML {
    static let bytesMax = 256 * 1024
    static let depthMax = 32

    let file: String
    let source: SourceText
    private(set) var mistakes: [Diagnostic] = []

    /// The document's root, or nil with the reasons.
    static func read(
        _ text: String, file: String
    ) -> (
        root: Node?, source: SourceText, mistakes: [Diagnostic]
    ) {
        guard text.utf8.count <= bytesMax else {
            return (nil, SourceText(""), [.fileTooLarge(file: file, bytes: text.utf8.count)])
        }
        var reader = SafeYAML(file: file, source: SourceText(text))
        let root = reader.document(text)
        return (root, reader.source, reader.mistakes)
    }

    private init(file: String, source: SourceText) {
        self.file = file
        self.source = source
    }

    /// Nil when nothing could be made of the text. What is wrong in a single place leaves the rest readable.
    private mutating func document(_ text: String) -> Node? {
        if let alias = AliasScan.firstAlias(in: source) {
            mistakes.append(.anchor(at: place(alias.line, alias.column, alias.length)))
            return nil
        }
        // The parser would count a byte-order mark as a column of the first line.
        let hasMark = text.unicodeScalars.first == "\u{FEFF}"
        var renamed = RenamedKeys(hasMark ? String(text.unicodeScalars.dropFirst()) : text)
        while true {
            do {
                // Without rules, for nobody here asks Yams what a text means.
                let parser = try Parser(yaml: renamed.text, resolver: .basic, encoding: .utf8)
                // Anchors live as long as the parser; nodes only point at them.
                return try withExtendedLifetime(parser) { try document(from: parser) }
            } catch let error as YamlError {
                let mistake = diagnostic(error)
                mistakes.append(mistake)
                guard mistake.code == .duplicateKey, renamed.rename(at: mistake.labels[0].place) else {
                    return nil
                }
            } catch {
                mistakes.append(.notYAML(at: place(1, 1, 1), .unreadable))
                return nil
            }
        }
    }

    private mutating func document(from parser: Parser) throws -> Node? {
        guard let first = try parser.nextRoot() else {
            mistakes.append(.emptyFile(at: place(1, 1, 1)))
            return nil
        }
        let root = node(first, depth: 1)
        guard !mistakes.contains(where: { $0.code == .yamlTooDeep }) else { return nil }
        if let second = try parser.nextRoot() {
            mistakes.append(.severalDocuments(at: place(second.mark)))
        }
        if case .scalar(let scalar)? = root, scalar.isEmpty {
            mistakes.append(.emptyFile(at: scalar.place))
            return nil
        }
        return root
    }

    private mutating func node(_ node: Yams.Node, depth: Int) -> Node? {
        let place = place(node.mark)
        guard depth <= Self.depthMax else {
            if !mistakes.contains(where: { $0.code == .yamlTooDeep }) { mistakes.append(.tooDeep(at: place)) }
            return nil
        }
        switch source.scalar(line: place.line, column: place.column) {
        case "&"?: mistakes.append(.anchor(at: place))
        case "!"?: mistakes.append(.tag(at: place))
        case _: break
        }
        return content(node, at: place, depth: depth)
    }

    private mutating func content(_ node: Yams.Node, at place: Place, depth: Int) -> Node? {
        switch node {
        case .scalar(let scalar): return .scalar(self.scalar(scalar, at: place))
        case .sequence(let sequence):
            var items: [Node] = []
            for item in sequence { if let item = self.node(item, depth: depth + 1) { items.append(item) } }
            return .list(ListNode(items: items, place: place))
        case .mapping(let mapping):
            let entries = entries(mapping, depth: depth)
            return .map(MapNode(entries: entries, place: entries.first?.key.place ?? place))
        case .alias:
            mistakes.append(.anchor(at: place))
            return nil
        }
    }

    private mutating func entries(_ mapping: Yams.Node.Mapping, depth: Int) -> [MapNode.Entry] {
        var entries: [MapNode.Entry] = []
        var keys: [String: Place] = [:]
        for (key, value) in mapping {
            let keyNode = node(key, depth: depth + 1)
            let valueNode = node(value, depth: depth + 1)
            switch keyNode {
            case .scalar(let scalar)?:
                if scalar.text == "<<", scalar.style == .plain {
                    mistakes.append(.mergeKey(at: scalar.place))
                    // What was to be merged is not missing as well.
                    entries += valueNode?.map?.entries.filter { keys[$0.key.text] == nil } ?? []
                } else if scalar.text.hasPrefix(RenamedKeys.mark) {
                    continue
                } else if let first = keys[scalar.text] {
                    mistakes.append(.duplicateKey(scalar.text, at: scalar.place, first: first))
                } else if let valueNode {
                    keys[scalar.text] = scalar.place
                    entries.append(.init(key: scalar, value: valueNode))
                }
            case .list(let list)?: mistakes.append(.keyNotText(at: list.place))
            case .map(let map)?: mistakes.append(.keyNotText(at: map.place))
            case nil: break
            }
        }
        return entries
    }

    private func scalar(_ scalar: Yams.Node.Scalar, at place: Place) -> Scalar {
        let style = style(scalar.style)
        var result = Scalar(text: scalar.string, style: style, place: place)
        let positions = ScalarPositions(
            text: scalar.string, style: style, line: place.line, column: place.column, source: source)
        guard let end = positions.positions.last else { return result }
        let closing = style == .singleQuoted || style == .doubleQuoted ? 1 : 0
        let lineEnd = source.line(place.line).count + 1
        let last = end.line == place.line ? end.column + closing : lineEnd
        result.place.length = max(1, last - place.column)
        return result
    }

    private func style(_ style: Yams.Node.Scalar.Style) -> Scalar.Style {
        switch style {
        case .any, .plain: .plain
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal: .literal
        case .folded: .folded
        }
    }

    private func place(_ mark: Mark?) -> Place { place(mark?.line ?? 1, mark?.column ?? 1, 1) }

    private func place(_ line: Int, _ column: Int, _ length: Int) -> Place {
        let last = source.lines.count
        // The end of the file is where its last line ends.
        guard line <= last else {
            return Place(file: file, line: last, column: source.line(last).count + 1, length: 1)
        }
        return Place(file: file, line: max(1, line), column: max(1, column), length: length)
    }

    private func diagnostic(_ error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let isDeep = problem.hasPrefix("Maximum nesting")
            return isDeep ? .tooDeep(at: place(mark)) : notYAML(problem, at: place(mark), context)
        case .composer(let context, let problem, let mark, _):
            return problem.contains("alias")
                ? .anchor(at: place(mark)) : notYAML(problem, at: place(mark), context)
        case .duplicatedKeysInMapping(let names, let context):
            return duplicateKey(names.first ?? "", first: place(context.mark))
        case .reader(_, let offset, let value, let text):
            return .controlCharacter(value, at: place(afterCharacters: offset ?? 0, of: text))
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return .notYAML(at: place(1, 1, 1), .unreadable)
        }
    }

    private func notYAML(_ problem: String, at place: Place, _ context: YamlError.Context?) -> Diagnostic {
        let line = source.line(place.line)
        if let tab = line.prefix(while: { $0 == " " || $0 == "\t" }).firstIndex(of: "\t") {
            return .tabIndentation(at: self.place(place.line, tab + 1, 1))
        }
        let words = YAMLProblem(
            problem, context: context?.text ?? "", at: source.scalar(line: place.line, column: place.column),
            behind: line.prefix(max(0, place.column - 1)))
        return .notYAML(at: place, words, began: context.map { self.place($0.mark) })
    }

    private func place(afterCharacters count: Int, of text: String) -> Place {
        let before = SourceText(String(text.prefix(count)))
        return place(before.lines.count, (before.lines.last?.count ?? 0) + 1, 1)
    }

    private func duplicateKey(_ name: String, first: Place) -> Diagnostic {
        let length = max(1, name.unicodeScalars.count)
        let first =
            KeySearch(source).start(of: name, from: (first.line, first.column)).map {
                place($0.line, $0.column, length)
            }
            ?? place(first.line, first.column, length)
        guard let second = KeySearch(source).next(name, after: (first.line, first.column)) else {
            return .duplicateKey(name, at: first, first: nil)
        }
        return .duplicateKey(name, at: place(second.line, second.column, length), first: first)
    }
}
