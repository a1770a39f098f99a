import TenureCore
import TenureInsight
import TenureRuntime

/// Days of an account that was part of another one then and stands for itself again: nobody was shown a score of it, and
/// whatever came in counted there.
package struct Absence: Hashable, Sendable {
    let days: Range<Day>
    let survivor: AccountID
    /// The survivor's, today.
    let name: String

    /// Oldest first; one that was undone on the day it began left no day out.
    static func all(of account: AccountID, _ zone: ZoneRules, in workspace: Workspace) -> [Absence] {
        workspace.merges.absences(of: account).compactMap { absence in
            let (first, end) = (zone.day(at: absence.from), zone.day(at: absence.until))
            guard first < end else { return nil }
            let name = workspace.row(absence.survivor.text)?.report.name ?? absence.survivor.text
            return Absence(days: first..<end, survivor: absence.survivor, name: name)
        }
    }

    var words: String {
        let last = days.upperBound + -1
        let when = last == days.lowerBound ? "on \(last.text)" : "from \(days.lowerBound.text) to \(last.text)"
        return "\(when) this account was part of \(name), which recorded the days of both."
    }
}
