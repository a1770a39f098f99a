/// A regular expression in RE2's syntax, matched in time linear in the text whatever the pattern is.
struct Pattern: Sendable {
    /// Why a pattern can not be used.
    struct Mistake: Error, Sendable, Hashable {
        let message: String
    }

    enum Instruction: Sendable {
        /// One character of a set.
        case character(Int)
        case split(Int, Int)
        case jump(Int)
        case assertion(Assertion)
        case match
    }

    enum Assertion: Sendable {
        case textStart
        case textEnd
        case lineStart
        case lineEnd
        case wordBoundary
        case noWordBoundary
    }

    /// Repeats are written out, so this bounds both memory and the work for each character.
    static let sizeLimit = 2_000

    /// The longest pattern, in code points: what reading one costs, a text that is made while evaluating could multiply.
    static let lengthLimit = 4_096

    let instructions: [Instruction]
    let sets: [CharacterSet]
    /// Per set one bit for each ASCII character in it; most texts need no more.
    private let ascii: [UInt128]

    private init(_ instructions: [Instruction], _ sets: [CharacterSet]) {
        self.instructions = instructions
        self.sets = sets.map(\.sorted)
        ascii = self.sets.map { set in
            (UInt8(0)..<128).reduce(UInt128(0)) { bits, code in
                set.contains(Unicode.Scalar(code)) ? bits | 1 << UInt128(code) : bits
            }
        }
    }

    /// Whether an ASCII character is in a set.
    func set(_ place: Int, containsASCII character: Unicode.Scalar) -> Bool {
        ascii[place] >> UInt128(character.value) & 1 == 1
    }

    /// Reads a pattern.
    static func compile(_ source: String) -> Result<Pattern, Mistake> {
        let scalars = source.unicodeScalars
        if scalars.index(scalars.startIndex, offsetBy: lengthLimit + 1, limitedBy: scalars.endIndex) != nil {
            return .failure(Mistake(message: "a pattern has at most \(lengthLimit) characters"))
        }
        do throws(Mistake) {
            var writer = PatternWriter()
            try writer.write(try PatternParser.parse(source))
            return .success(Pattern(writer.instructions + [.match], writer.sets))
        } catch {
            return .failure(error)
        }
    }

    /// Whether the pattern occurs anywhere in the text.
    func matches(_ text: String, _ meter: inout Meter) -> Value {
        guard meter.pay((text.utf8.count / 10 + 1) * (instructions.count / 4 + 1)) else {
            return Call.tooExpensive
        }
        var walk = PatternWalk(self)
        return .bool(walk.finds(in: text.unicodeScalars))
    }
}

/// Thompson's construction walked in step with the text: all possible places in the pattern at once.
private struct PatternWalk {
    private let pattern: Pattern
    private var current: [Int] = []
    private var next: [Int] = []
    private var pending: [Int] = []
    /// The round in which each instruction was last reached.
    private var reached: [Int]
    private var round = 0
    /// For each set the last round in which it was asked about, and the answer: many instructions share one set.
    private var answers: [(round: Int, isIn: Bool)]

    init(_ pattern: Pattern) {
        self.pattern = pattern
        reached = Array(repeating: -1, count: pattern.instructions.count)
        answers = Array(repeating: (-1, false), count: pattern.sets.count)
    }

    mutating func finds(in text: String.UnicodeScalarView) -> Bool {
        var before: Unicode.Scalar?
        var place = text.startIndex
        while true {
            let after = place < text.endIndex ? text[place] : nil
            // A match may begin at every place of the text.
            current.append(0)
            if follow(before, after) { return true }
            guard let after else { return false }
            step(over: after)
            before = after
            text.formIndex(after: &place)
        }
    }

    /// Follows everything that needs no character from the current places; true when the end is reached.
    private mutating func follow(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        round += 1
        next.removeAll(keepingCapacity: true)
        for start in current {
            pending.append(start)
            while let place = pending.popLast() {
                guard reached[place] != round else { continue }
                reached[place] = round
                switch pattern.instructions[place] {
                case .character: next.append(place)
                case .jump(let target): pending.append(target)
                case .split(let first, let second):
                    pending.append(second)
                    pending.append(first)
                case .assertion(let assertion):
                    if assertion.holds(before, after) { pending.append(place + 1) }
                case .match: return true
                }
            }
        }
        return false
    }

    private mutating func step(over character: Unicode.Scalar) {
        current.removeAll(keepingCapacity: true)
        for place in next {
            guard case .character(let set) = pattern.instructions[place] else { continue }
            if holds(set, character) { current.append(place + 1) }
        }
    }
}

extension PatternWalk {
    private mutating func holds(_ set: Int, _ character: Unicode.Scalar) -> Bool {
        if character.isASCII { return pattern.set(set, containsASCII: character) }
        if answers[set].round != round { answers[set] = (round, pattern.sets[set].contains(character)) }
        return answers[set].isIn
    }
}

extension Pattern.Assertion {
    fileprivate func holds(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
        switch self {
        case .textStart: before == nil
        case .textEnd: after == nil
        case .lineStart: before == nil || before == "\n"
        case .lineEnd: after == nil || after == "\n"
        case .wordBoundary: CharacterSet.isWord(before) != CharacterSet.isWord(after)
        case .noWordBoundary: CharacterSet.isWord(before) == CharacterSet.isWord(after)
        }
    }
}
