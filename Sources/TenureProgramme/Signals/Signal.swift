package import TenureCore

/// Something worth a person's attention: raised when its condition becomes true, cleared when it no longer holds.
package struct Signal: Sendable {
    package enum Severity: String, Hashable, Sendable, CaseIterable { case critical, high, medium, low, opportunity }

    package var id: String
    package var title: String
    package var severity: Severity
    package var when: Condition
    /// Re-arms the signal; nil: when `when` is false.
    package var clear: Condition?
    /// How long the condition must hold first; 0 days: at once.
    package var dwell: Span?
    /// Raised again no sooner than this after it was last raised.
    package var cooldown: Span?
    /// Time a person has to respond, from the raising.
    package var respondWithin: Span?
    package var description: String
    package var impact: String
    package var mitigation: String
    /// What to do next, in order.
    package var actions: [String]
    /// Whether the signal is on an account's risk list, or good news.
    package var isRisk: Bool
    package var requirements: RequirementIDs

    package init(id: String, title: String, severity: Severity, when: Condition) {
        self.id = id
        self.title = title
        self.severity = severity
        self.when = when
        clear = nil
        dwell = nil
        cooldown = nil
        respondWithin = nil
        description = ""
        impact = ""
        mitigation = ""
        actions = []
        isRisk = severity != .opportunity
        requirements = []
    }
}
