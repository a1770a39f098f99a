import Synchronization
package import TenureEngine

/// What is made of an account as of one commit when somebody first asks for it, and then kept for as long as its row is.
/// It costs the writer nothing.
package final class RowExtras: Sendable {
    private struct Made {
        var spellings: [FoldedText]?
        var folio: AccountFolio?
        var sentences: [String: String] = [:]
        var daily: [HealthConclusions.DailyScore]?
    }

    private let made = Mutex(Made())

    package init() {}

    func spellings(_ make: () -> [FoldedText]) -> [FoldedText] {
        if let known = made.withLock({ $0.spellings }) { return known }
        let spellings = make()
        made.withLock { $0.spellings = spellings }
        return spellings
    }

    /// nil: nobody has made it yet.
    package var folio: AccountFolio? {
        get { made.withLock { $0.folio } }
        set { made.withLock { $0.folio = newValue } }
    }

    /// Scores of the last ninety days, for small pictures.
    package func daily(_ make: () -> [HealthConclusions.DailyScore]) -> [HealthConclusions.DailyScore] {
        if let known = made.withLock({ $0.daily }) { return known }
        let daily = make()
        made.withLock { $0.daily = daily }
        return daily
    }

    /// Why a signal stands, in a sentence.
    package func sentence(of signal: String, _ make: () -> String) -> String {
        if let known = made.withLock({ $0.sentences[signal] }) { return known }
        let sentence = make()
        made.withLock { $0.sentences[signal] = sentence }
        return sentence
    }
}
