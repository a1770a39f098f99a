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

    let instructions: [Instruction]
    let sets: [CharacterSet]
    /// Per set one bit for each ASCII character in it; most texts need no more.
    private let ascii: [UInt128]

    private init(_ instructions: [Instruction], _ sets: [CharacterSet]) {
        self.instructions = instructions
        self.sets = sets
        ascii = sets.map { set in
            (UInt8(0)..<128).reduce(UInt128(0)) { bits, code in
                set.contains(Unicode.Scalar(code)) ? bits | 1 << UInt128(code) : bits
            }
        }
    }

    func set(_ place: Int, contains character: Unicode.Scalar) -> Bool {
        character.isASCII
            ? ascii[place] >> UInt128(character.value) & 1 == 1 : sets[place].contains(character)
    }

    /// Reads a pattern.
    static func compile(_ source: String) -> Result<Pattern, Mistake> {
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

    init(_ pattern: Pattern) {
        self.pattern = pattern
        reached = Array(repeating: -1, count: pattern.instructions.count)
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
            if pattern.set(set, contains: character) { current.append(place + 1) }
        }
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
