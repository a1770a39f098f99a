import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The episodes of a signal that ended in some days, of all accounts: what its precision is counted from.
struct SignalEpisodePage {
    let shell: Shell
    let title: String
    let days: String
    let rows: [SignalPage.EpisodeLine]
    let isEmpty: Bool
    let pages: PageLinks?
}

extension SignalEpisodePage {
    /// - Parameter cursor: of the episodes; nil: those that were raised last.
    init(
        shell: Shell, _ signal: Signal, days: Int64, _ ended: [SignalEpisode], cursor: String?, _ workspace: Workspace
    ) throws {
        let name = ListName(list: "episodes", question: "\(signal.id) \(days)", keys: workspace.keys)
        let part = try ListPart(ended, name, cursor: cursor) {
            ListPlace(number: -$0.raised.milliseconds, id: $0.account.text)
        }
        self.shell = shell
        title = signal.title
        self.days = "\(days) days"
        rows = part.items.map { episode in
            let row = workspace.row(episode.account.text)
            return .init(episode, row?.report.givenName ?? episode.account.text, row?.zone ?? .utc)
        }
        isEmpty = ended.isEmpty
        pages = PageLinks(part, "episode", "episodes") { cursor in
            Links.signalEpisodes(signal.id, days: days) + (cursor.map { "&cursor=" + PercentCoding.encode($0) } ?? "")
        }
    }
}
