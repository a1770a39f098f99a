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
    init(shell: Shell, _ signal: Signal, days: Int64, _ part: ListPart<SignalEpisode>, _ workspace: Workspace) {
        self.shell = shell
        title = signal.title
        self.days = "\(days) days"
        rows = part.items.map { episode in
            let row = workspace.row(episode.account.text)
            return .init(episode, row?.report.givenName ?? episode.account.text, row?.zone ?? .utc)
        }
        isEmpty = part.total == 0
        pages = PageLinks(part, "episode", "episodes") { cursor in
            Links.signalEpisodes(signal.id, days: days) + (cursor.map { "&cursor=" + PercentCoding.encode($0) } ?? "")
        }
    }
}
