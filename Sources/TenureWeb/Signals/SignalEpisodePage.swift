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
    let more: String?

    /// More rows than this are for the API.
    static let rowsMax = 500
}

extension SignalEpisodePage {
    init(shell: Shell, _ signal: Signal, days: Int64, _ history: SignalHistory, _ workspace: Workspace) {
        let found = history.ended(signal, days: days).reversed()
        self.shell = shell
        title = signal.title
        self.days = "\(days) days"
        rows = found.prefix(Self.rowsMax).map { episode in
            let account = workspace.account(episode.account.text)
            let zone = account.map { workspace.programme.zone(of: $0.observations) } ?? ZoneRules.utc
            return .init(episode, account?.observations.profile["name"]?.string ?? episode.account.text, zone)
        }
        isEmpty = found.isEmpty
        more = found.count > Self.rowsMax ? "The newest \(Self.rowsMax) of \(found.count)." : nil
    }
}
