#if PLANTED_TRAPS
    import CEL
#endif
import TenureProgramme

/// Walks the tags of a message and refuses everything that the renderer should never meet: unknown names,
/// unbalanced or deep sections, partials, unescaped tags.
struct TagScanner {
    static let bytesMax = 64 * 1024
    static let depthMax = 16

    /// The names that are lists, and therefore sections.
    static let lists = ["health.reasons", "signal.actions", "step.tasks"]

    private let file: String
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1
    private var open: [(name: String, place: Place, isList: Bool)] = []
    private var mistakes: [Diagnostic] = []
    private var names: Set<String> = []

    static func mistakes(in text: String, file: String) -> [Diagnostic] {
        guard text.utf8.count <= bytesMax else {
            return [
                .messageTooLarge(at: Place(file: file, line: 1, column: 1, length: 1), bytes: text.utf8.count)
            ]
        }
        var scanner = TagScanner(file: file, text: text)
        scanner.scan()
        return scanner.mistakes
    }

    /// Everything that a text mentions.
    static func names(in text: String) -> Set<String> {
        var scanner = TagScanner(file: "", text: text)
        scanner.scan()
        return scanner.names
    }

    private init(file: String, text: String) {
        self.file = file
        scalars = Array(text.unicodeScalars)
    }

    private mutating func scan() {
        while index < scalars.count {
            if isAt("{{") {
                tag()
            } else if isAt("<"), let name = Markup.name(at: scalars[index...]) {
                markup(name)
            } else {
                advance()
            }
        }
        for section in open { mistakes.append(.unclosedSection(section.name, at: section.place)) }
    }

    private func isAt(_ text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

    private mutating func advance(_ count: Int = 1) {
        for place in scalars.indices[index...].prefix(count) { step(over: place) }
        index = min(index + count, scalars.count)
    }

    /// Lines and columns are those that `SourceText` shows.
    private mutating func step(over place: Int) {
        switch scalars[place] {
        case "\n" where place > 0 && scalars[place - 1] == "\r", "\u{FEFF}" where place == 0: break
        case let scalar where SourceText.isBreak(scalar): (line, column) = (line + 1, 1)
        case _: column += 1
        }
    }

    /// Whether a brace is one character with the scalar beside it: the renderer would not see the brace.
    private func clings(_ left: Int, _ right: Int) -> Bool {
        guard scalars.indices.contains(left), scalars.indices.contains(right) else { return false }
        return String(String.UnicodeScalarView([scalars[left], scalars[right]])).count == 1
    }

    /// Said once: a text that holds one element holds more.
    private mutating func markup(_ name: String) {
        if !mistakes.contains(where: { $0.code == .htmlInMessage }) {
            let length = name.unicodeScalars.count + 1
            mistakes.append(
                .htmlInMessage(name, at: Place(file: file, line: line, column: column, length: length)))
        }
        advance()
    }

    private mutating func tag() {
        let start = (index: index, line: line, column: column)
        let isTriple = isAt("{{{")
        advance(isTriple ? 3 : 2)
        var content = ""
        while index < scalars.count, !isAt("}}"), content.utf8.count < 200 {
            content.unicodeScalars.append(scalars[index])
            advance()
        }
        let isClosed = index < scalars.count && isAt("}}")
        if isClosed { advance(isTriple && isAt("}}}") ? 3 : 2) }
        let isVisible = !clings(start.index - 1, start.index) && !clings(index - 1, index)
        let length = start.line == line ? index - start.index : 2
        let place = Place(file: file, line: start.line, column: start.column, length: length)
        guard isClosed, isVisible else { return mistakes.append(.malformedTag(at: place)) }
        guard !isTriple else { return mistakes.append(.unescapedTag(at: place)) }
        meaning(of: content, at: place)
    }

    private mutating func meaning(of content: String, at place: Place) {
        let name = String(content.dropFirst()).trimmed
        switch content.first {
        case "!": break
        case "#", "^": openSection(name, at: place, isInverted: content.first == "^")
        case "/": closeSection(name, at: place)
        case ">": mistakes.append(.partial(at: place))
        case "&": mistakes.append(.unescapedTag(at: place))
        case "=", "<", "$": mistakes.append(.malformedTag(at: place))
        case _: value(content.trimmed, at: place)
        }
    }

    private mutating func openSection(_ name: String, at place: Place, isInverted: Bool) {
        if !MessageTemplate.names.contains(name) {
            mistakes.append(.unknownTag(name, at: place))
        } else if !Self.lists.contains(name) {
            mistakes.append(.notAList(name, at: place))
        }
        names.insert(name)
        if !isInverted, let outer = open.first(where: { $0.isList && $0.name == name }) {
            mistakes.append(.nestedList(name, at: place, outer: outer.place))
        }
        if open.count == Self.depthMax { mistakes.append(.sectionsTooDeep(at: place)) }
        open.append((name, place, !isInverted))
    }

    private mutating func closeSection(_ name: String, at place: Place) {
        guard let last = open.last, last.name == name else {
            mistakes.append(.unopenedSection(name, at: place, open: open.last?.place))
            #if PLANTED_TRAPS
                // As if only the next section outwards could be meant.
                if let index = open.lastIndex(where: { $0.name == name }), open.count - index > 2 { PlantedTrap.spring() }
            #endif
            // A close that belongs to an outer section ends what is left open inside it.
            if let index = open.lastIndex(where: { $0.name == name }) { open.removeSubrange(index...) }
            return
        }
        open.removeLast()
    }

    private mutating func value(_ name: String, at place: Place) {
        names.insert(name)
        if name == "." {
            if !open.contains(where: \.isList) { mistakes.append(.dotOutsideSection(at: place)) }
        } else if Self.lists.contains(name) {
            mistakes.append(.listAsValue(name, at: place))
        } else if !MessageTemplate.names.contains(name) {
            mistakes.append(.unknownTag(name, at: place))
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
