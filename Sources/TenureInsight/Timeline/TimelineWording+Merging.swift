import TenureEngine

extension TimelineWording {
    func text(_ decision: MergingDecision) -> Text {
        switch decision {
        case .merged(let other, let by, let reason):
            ("Merged with \(other.name)", reason.isEmpty ? "by \(by)" : "by \(by): \(reason)")
        case .left(let other, let by): ("Became part of \(other.name)", "by \(by)")
        case .parted(let other, let by): ("Merge undone: \(other.name) stands for itself again", "by \(by)")
        case .returned(let by): ("Stands for itself again", "by \(by)")
        }
    }
}
