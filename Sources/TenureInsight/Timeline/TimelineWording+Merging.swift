import TenureEngine

extension TimelineWording {
    /// Accounts under Tenure's ids: a page that knows their names says them.
    func text(_ decision: MergingDecision) -> Text {
        switch decision {
        case .merged(let account, let by, let reason):
            ("Merged with \(account)", reason.isEmpty ? "by \(by)" : "by \(by): \(reason)")
        case .left(let account, let by): ("Became part of \(account)", "by \(by)")
        case .parted(let account, let by): ("Merge undone: \(account) stands for itself again", "by \(by)")
        case .returned(let by): ("Stands for itself again", "by \(by)")
        }
    }
}
