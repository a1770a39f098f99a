package import TenureCore

/// Whose format a configured chat channel speaks.
package enum ChatKind: String, Hashable, Sendable, CaseIterable {
    case slack
    case teams
}

/// A message for a chat channel before it is a payload: a title and plain text.
package struct ChatMessage: Hashable, Sendable {
    package var subject: String
    package var text: String

    package init(subject: String, text: String) {
        self.subject = subject
        self.text = text
    }

    /// The payload in the format of `kind`. A pure function; what is too long for the format ends with `…`.
    package func payload(for kind: ChatKind) -> JSON {
        switch kind {
        case .slack: SlackPayload.render(self)
        case .teams: TeamsPayload.render(self)
        }
    }

    /// The subject on one line, without control characters.
    var title: String {
        PlainText.normalised(subject).split { $0.isWhitespace }.joined(separator: " ")
    }

    /// What notifications and readers without blocks show.
    var fallback: String {
        [title, PlainText.normalised(text)].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

extension String {
    /// At most `count` characters, the last one `…` when something was cut.
    func shortened(to count: Int) -> String {
        guard let end = index(startIndex, offsetBy: count, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return prefix(max(0, count - 1)) + "…"
    }
}
