import TenureCore

/// What a page says of what its reader just did.
struct Notice {
    let words: String
    let details: [String]
    /// nil: it cannot be taken back, or not any more.
    let undo: UndoForm?

    struct UndoForm {
        let action: String
        let receipt: String
        /// Until when, by the wall clock of the workspace.
        let until: String
    }
}

extension Notice {
    init(_ receipt: Receipt, for teammate: String, at now: Instant, _ zone: ZoneRules, name: (AccountID) -> String) {
        if let undone = receipt.undone {
            words = "Taken back: \(receipt.words)"
            let sent = undone.messagesSent
            details =
                undone.left.map { "\(name($0.account)) stays as it is: \($0.reason)" }
                + (sent > 0 ? ["\(Wording.plural(sent, "message", "messages")) had left already."] : [])
        } else {
            (words, details) = (receipt.words, [])
        }
        undo =
            receipt.mayBeUndone(by: teammate, at: now)
            ? UndoForm(action: Links.undo, receipt: receipt.id, until: Wording.instant(receipt.undoneUntil, zone)) : nil
    }
}
