/// One mistake in a programme: what is wrong, where, and what to do about it.
package struct Diagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable { case error, warning }

    /// A place and what is to be said about it.
    package struct Label: Hashable, Sendable {
        package var place: Place
        package var text: String

        package init(_ place: Place, _ text: String) {
            self.place = place
            self.text = text
        }
    }

    package var code: MistakeCode
    package var severity: Severity
    package var title: String
    /// The first is where the mistake is; the others show what it collides with.
    package var labels: [Label]
    /// The rule that was broken, in a sentence; empty when the title says it all.
    package var explanation: String
    /// What would probably put it right.
    package var hint: String?

    package init(
        _ code: MistakeCode, severity: Severity = .error, _ title: String, at labels: Label...,
        why explanation: String = "",
        hint: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.labels = labels
        self.explanation = explanation
        self.hint = hint
    }
}

extension Diagnostic {
    /// Mistakes without a place first, then by file and position; equal positions keep the order of finding.
    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            switch (left.element.labels.first?.place, right.element.labels.first?.place) {
            case (let first?, let second?) where first != second: Place.precedes(first, second)
            case (nil, _?): true
            case (_?, nil): false
            case (_?, _?), (nil, nil): left.offset < right.offset
            }
        }.map(\.element)
    }
}
