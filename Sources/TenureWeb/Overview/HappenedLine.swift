import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime

/// Something that the engine just concluded: an event became a score, a signal, a task, a message.
struct HappenedLine {
    let at: String
    let account: String
    let link: String
    let title: String
    /// nil: the title says it all.
    let detail: String?
}

extension HappenedLine {
    /// - Parameter decisions: the newest last.
    /// - Returns: the newest first; those of accounts that are gone are left out.
    static func newest(_ decisions: [Decision], _ workspace: Workspace, max: Int) -> [HappenedLine] {
        decisions.suffix(max).reversed().compactMap { HappenedLine($0, workspace) }
    }

    private init?(_ decision: Decision, _ workspace: Workspace) {
        guard let state = workspace.account(decision.account.text) else { return nil }
        let (programme, profile) = (workspace.programme, state.observations.profile)
        let entry = TimelineEntry(
            decision, plays: state.conclusions.plays, programme: programme, zone: programme.defaultZoneRules)
        let zone = programme.defaultZoneRules
        at = Wording.instant(decision.at, zone, lately: zone.day(at: workspace.now))
        account = profile["name"]?.string ?? profile["id"]?.string ?? decision.account.text
        link = Links.account(decision.account.text) + "#timeline"
        title = entry.title
        detail = entry.detail.isEmpty ? nil : entry.detail
    }
}
