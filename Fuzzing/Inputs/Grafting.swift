/// Puts a part of one input in place of a part of another, or into a construct: nestings that changes of single bytes seldom make.
struct Grafting {
    private let target: FuzzTarget
    private var seed: UInt64

    init(_ target: FuzzTarget, seed: UInt32) {
        self.target = target
        self.seed = UInt64(seed)
    }

    /// One of the three ways.
    mutating func change(_ stock: [UInt8], with scion: [UInt8], _ way: UInt32) -> [UInt8] {
        switch (way, target) {
        case (0, _), (1, _): graft(scion, onto: stock)
        case (2, .definitions): unfold(stock)
        case (_, _): wrap(stock)
        }
    }

    mutating func graft(_ scion: [UInt8], onto stock: [UInt8]) -> [UInt8] {
        guard let from = drawPart(of: scion), let place = drawPart(of: stock) else { return stock }
        return Array(stock[..<place.lowerBound]) + scion[from] + stock[place.upperBound...]
    }

    mutating func drawPart(of input: [UInt8]) -> Range<Int>? { draw(parts(of: input)) }

    /// A part that can stand in a construct: of definitions one value behind a colon.
    mutating func drawWrapped(of input: [UInt8]) -> Range<Int>? {
        guard target == .definitions else { return drawPart(of: input) }
        return draw(parts(of: input).filter { $0.lowerBound > 0 && input[$0.lowerBound - 1] == UInt8(ascii: ":") })
    }

    mutating func drawShape() -> String { draw(Self.shapes(target)) ?? "$" }

    mutating func drawsEnd() -> Bool { draw([true, false, false]) ?? false }

    private mutating func draw<Choice>(_ choices: [Choice]) -> Choice? {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return choices.isEmpty ? nil : choices[Int(seed >> 33) % choices.count]
    }

    private func parts(of input: [UInt8]) -> [Range<Int>] {
        guard input.count > 2 else { return [] }
        return switch target {
        case .cel: Self.arguments(input)
        case .definitions, .templates: Self.blocks(input)
        }
    }

    /// The whole expression, and what stands between brackets and commas.
    private static func arguments(_ input: [UInt8]) -> [Range<Int>] {
        var parts = [2..<input.count]
        var starts: [Int] = []
        for (place, byte) in input.enumerated().dropFirst(2) {
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): starts.append(place + 1)
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let start = starts.popLast() { parts.append(start..<place) }
            case UInt8(ascii: ","):
                guard let start = starts.popLast() else { continue }
                parts.append(start..<place)
                starts.append(place + 1)
            case _: break
            }
        }
        return parts
    }

    /// Each line with the lines below it that are indented deeper, and each value behind a colon.
    private static func blocks(_ input: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var open: [(indent: Int, start: Int)] = []
        var start = 1
        for line in input.dropFirst().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let indent = line.prefix { $0 == UInt8(ascii: " ") }.count
            while let last = open.last, last.indent >= indent {
                parts.append(last.start..<start)
                open.removeLast()
            }
            open.append((indent, start))
            let end = min(start + line.count + 1, input.count)
            if let colon = line.firstIndex(of: UInt8(ascii: ":")) { parts.append((colon + 1)..<line.endIndex) }
            start = end
        }
        return parts + open.map { $0.start..<input.count }
    }
}
