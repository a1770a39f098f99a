/// Writes the parts of a regular expression out as instructions.
struct PatternWriter {
    private(set) var instructions: [Pattern.Instruction] = []
    private(set) var sets: [CharacterSet] = []
    private var known: [CharacterSet: Int] = [:]

    mutating func write(_ node: PatternNode) throws(Pattern.Mistake) {
        switch node {
        case .empty: break
        case .character(let set): try add(.character(place(of: set)))
        case .assertion(let assertion): try add(.assertion(assertion))
        case .sequence(let items): for item in items { try write(item) }
        case .alternatives(let branches): try writeAlternatives(branches)
        case .repeated(let item, let least, let most): try writeRepeated(item, least, most)
        }
    }

    private mutating func add(_ instruction: Pattern.Instruction) throws(Pattern.Mistake) {
        guard instructions.count < Pattern.sizeLimit else {
            throw Pattern.Mistake(message: "this pattern is too large")
        }
        instructions.append(instruction)
    }

    private mutating func place(of set: CharacterSet) -> Int {
        if let place = known[set] { return place }
        sets.append(set)
        known[set] = sets.count - 1
        return sets.count - 1
    }

    private mutating func writeAlternatives(_ branches: [PatternNode]) throws(Pattern.Mistake) {
        var exits: [Int] = []
        for (number, branch) in branches.enumerated() {
            let isLast = number == branches.count - 1
            let fork = instructions.count
            if !isLast { try add(.split(fork + 1, 0)) }
            try write(branch)
            guard !isLast else { continue }
            exits.append(instructions.count)
            try add(.jump(0))
            instructions[fork] = .split(fork + 1, instructions.count)
        }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func writeRepeated(
        _ item: PatternNode, _ least: Int, _ most: Int?
    ) throws(Pattern.Mistake) {
        for _ in 0..<least {
            let before = instructions.count
            try write(item)
            // Nothing, however often, is nothing: without this, nested counts of nothing would run for ever.
            guard instructions.count > before else { return }
        }
        guard let most else { return try writeStar(item) }
        var forks: [Int] = []
        for _ in least..<most {
            forks.append(instructions.count)
            try add(.split(0, 0))
            try write(item)
        }
        for fork in forks { instructions[fork] = .split(fork + 1, instructions.count) }
    }

    private mutating func writeStar(_ item: PatternNode) throws(Pattern.Mistake) {
        let fork = instructions.count
        try add(.split(0, 0))
        try write(item)
        try add(.jump(fork))
        instructions[fork] = .split(fork + 1, instructions.count)
    }
}
