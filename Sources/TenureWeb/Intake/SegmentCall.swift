import TenureCore

/// Segment's calls, as their HTTP API names them.
enum SegmentCall {
    enum Kind: String, Sendable, CaseIterable { case identify, track, group, page, screen, alias }
}
