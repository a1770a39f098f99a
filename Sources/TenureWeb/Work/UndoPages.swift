import TenureCore
import TenureRuntime

/// The form that a notice carries.
enum UndoPages {
    static let routes: [Route] = [
        .form(Links.undo) { _, visitor, fields in
            let workspace = visitor.workspace
            guard let receipt = try await Receipts(workspace: workspace)[fields["receipt"] ?? ""] else {
                throw UndoDesk.refusal
            }
            let desk = UndoDesk(workspace: workspace, author: visitor.session.teammate)
            // Pressed twice: what the first did is told again.
            let isDone = receipt.undone != nil && isSame(receipt.by, visitor.session.teammate)
            let undone = isDone ? receipt : try await desk.takeBack(receipt)
            return .seeOther(Links.receipt(undone.id, at: undone.page))
        }
    ]
}
