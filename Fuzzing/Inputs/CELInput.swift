import CEL

/// An expression: compiled against a vocabulary, explained where it has mistakes, else evaluated over and over.
///
/// The first byte says how the rest is read, the second chooses the values of the slots.
struct CELInput {
    private let source: String
    private let vocabulary: Vocabulary
    private let expected: Type?
    private let seed: UInt8
    /// Slots that the input itself gives a value.
    private let given: [String: Value]

    init?(_ bytes: [UInt8]) {
        guard bytes.count > 2 else { return nil }
        let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
        seed = bytes[1]
        expected = bytes[0] == UInt8(ascii: "c") ? .bool : nil
        guard let use = LibraryUse(bytes[0]) else {
            source = text
            vocabulary = Self.vocabulary(bytes[0])
            given = [:]
            return
        }
        // The text is a slot's value: patterns, formats and times without the escapes of a literal.
        let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        source = use.rawValue
        given = ["s": .string(parts[0]), "p": .string(parts.count > 1 ? parts[1] : ""), "b": .bytes(Array(text.utf8))]
        vocabulary = .unchecked
    }

    private static func vocabulary(_ kind: UInt8) -> Vocabulary {
        var vocabulary: Vocabulary
        switch kind {
        case UInt8(ascii: "u"): vocabulary = .unchecked
        case UInt8(ascii: "n"):
            vocabulary = .unchecked
            vocabulary.expandsMacros = false
        case UInt8(ascii: "h"):
            vocabulary = SampleVocabulary.declared
            vocabulary.container = "account"
        case _: return SampleVocabulary.declared
        }
        vocabulary.useZones(SampleZones())
        return vocabulary
    }

    func run(_ promises: inout Promises) {
        switch Program.compile(source, vocabulary: vocabulary, expecting: expected) {
        case .success(let program): evaluate(program, &promises)
        case .failure(let issues): issues.issues.forEach { check($0, &promises) }
        }
    }

    private func check(_ issue: Issue, _ promises: inout Promises) {
        let length = source.utf8.count
        let (lower, upper) = (issue.range.lower, issue.range.upper)
        promises.expect(0 <= lower && lower <= upper && upper <= length, "\(issue.code) lies at \(lower)..<\(upper) of \(length)")
        promises.expect(isBetweenCharacters(lower) && isBetweenCharacters(upper), "\(issue.code) lies within a character")
        promises.expect(!issue.message.isEmpty && issue.suggestions.count <= 4, "\(issue.code) says too little or too much")
    }

    private func isBetweenCharacters(_ offset: Int) -> Bool {
        let utf8 = source.utf8
        guard let index = utf8.index(utf8.startIndex, offsetBy: offset, limitedBy: utf8.endIndex) else { return false }
        return index.samePosition(in: source.unicodeScalars) != nil
    }

    // MARK: Evaluating

    private func evaluate(_ program: Program, _ promises: inout Promises) {
        let known = SampleSlots(program, seed: seed, given: given, hides: false)
        let value = program.evaluate(known)
        promises.expect(value == program.evaluate(known), "two evaluations differ")
        // The first part of a trace is the whole, without the quick form that conditions have.
        let parts = program.trace(known)
        promises.expect(parts.first?.value == value, "the quick form gives \(value), the other \(String(describing: parts.first?.value))")
        for part in parts {
            promises.expect(part.range.lower <= part.range.upper && part.range.upper <= source.utf8.count, "a part lies outside")
        }
        checkKind(of: value, program, &promises)
        checkText(of: value, &promises)
        checkUnknowns(program, value, &promises)
        checkCost(program, known, value, &promises)
    }

    /// What the checker said of the result holds.
    private func checkKind(of value: Value, _ program: Program, _ promises: inout Promises) {
        guard vocabulary.isChecked, value.isKnown else { return }
        promises.expect(value.isOf(program.resultType), "\(program.resultType) was promised, not \(value)")
    }

    /// A value prints as an expression that has this value.
    private func checkText(of value: Value, _ promises: inout Promises) {
        guard value.isWritable(depth: 20) else { return }
        let text = value.description
        guard text.unicodeScalars.count <= 4_000 else { return }
        guard case .success(let program) = Program.compile(text, vocabulary: .unchecked) else {
            return promises.expect(false, "\(text) is printed and can not be read")
        }
        let again = program.evaluate(SampleSlots(program, seed: 0, given: [:], hides: false))
        promises.expect(again.isSame(as: value), "\(text) is read as \(again)")
    }

    /// What is known while some slots are not stays the same once they are.
    private func checkUnknowns(_ program: Program, _ value: Value, _ promises: inout Promises) {
        let hidden = SampleSlots(program, seed: seed, given: given, hides: true)
        let early = program.evaluate(hidden)
        promises.expect(early == program.trace(hidden).first?.value, "with unknowns the quick form gives \(early)")
        if case .unknown(let slots) = early {
            let isOurs = slots.slots.allSatisfy { program.references.indices.contains($0) && hidden.hides($0) }
            promises.expect(isOurs && !slots.slots.isEmpty, "unknown for want of slots that are not")
        } else if !value.isOutOfCost, !early.isOutOfCost {
            let isSame = early.isKnown ? early == value : !value.isKnown
            promises.expect(isSame, "\(early) became \(value) when more was known")
        }
    }

    /// Within a lower limit the value is the same, or the cost is said to be too high.
    private func checkCost(_ program: Program, _ slots: SampleSlots, _ value: Value, _ promises: inout Promises) {
        for limit in [-1, Int(seed), 1_000] {
            let cheap = program.evaluate(costLimit: limit, slots)
            promises.expect(cheap.isOutOfCost || cheap == value || value.isOutOfCost, "a limit of \(limit) gives \(cheap)")
        }
    }
}

/// Library functions over texts that stand in the input as they are.
private enum LibraryUse: String {
    case matches = "p.matches(s)"
    case format = "s.format([p, 1, -2.5, 3u, true, null, [p], {p: 1}, b'x', duration('90s'), timestamp(0), type(1)])"
    case timestamp = "timestamp(s)"
    case duration = "duration(s)"
    case double = "double(s)"
    case int = "[int(s), uint(s)]"
    case zone = "timestamp('2026-03-29T01:30:00Z').getHours(s)"
    case decode = "base64.decode(s)"
    case encode = "base64.encode(b) + string(b)"
    case split = "[s.split(p), s.split(p, 2), [s.replace(p, '-', 3)], [s.indexOf(p) < s.lastIndexOf(p) ? 'a' : s.lowerAscii()]]"
    case quote = "strings.quote(s) + s.reverse() + s.trim() + s.substring(0, s.size() / 2)"

    init?(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0"): self = .matches
        case UInt8(ascii: "1"): self = .format
        case UInt8(ascii: "2"): self = .timestamp
        case UInt8(ascii: "3"): self = .duration
        case UInt8(ascii: "4"): self = .double
        case UInt8(ascii: "5"): self = .int
        case UInt8(ascii: "6"): self = .zone
        case UInt8(ascii: "7"): self = .decode
        case UInt8(ascii: "8"): self = .encode
        case UInt8(ascii: "9"): self = .split
        case UInt8(ascii: "q"): self = .quote
        case _: return nil
        }
    }
}
