/// A part of an expression's text, in UTF-8 offsets: from `lower` up to but not including `upper`.
public struct SourceRange: Sendable, Hashable {
    public var lower: Int
    public var upper: Int

    /// A part from one offset to another.
    public init(lower: Int, upper: Int) {
        self.lower = lower
        self.upper = upper
    }

    /// The smallest range that covers both.
    func joined(with other: SourceRange) -> SourceRange {
        SourceRange(lower: min(lower, other.lower), upper: max(upper, other.upper))
    }
}

extension String {
    /// The text at a range of UTF-8 offsets, cut to what there is.
    public subscript(range: SourceRange) -> String {
        let bytes = utf8.dropFirst(max(range.lower, 0)).prefix(max(range.upper - range.lower, 0))
        return String(decoding: bytes, as: UTF8.self)
    }
}
