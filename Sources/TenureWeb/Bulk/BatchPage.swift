import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// A batch: before it is confirmed who would get what, and afterwards what happened.
struct BatchPage {
    let shell: Shell
    let formToken: String
    let title: String
    let notice: Notice?
    /// Address to confirm at; nil: it is confirmed, or nobody would get anything, or it is somebody else's.
    let confirm: String?
    let confirmTitle: String
    let isRunning: Bool
    let takenTitle: String
    let taken: [Row]
    let hasTaken: Bool
    let skippedTitle: String
    let skipped: [Row]
    let hasSkipped: Bool
    let list: String

    struct Row {
        let name: String
        let link: String
        let text: String
    }
}

extension BatchPage {
    init(_ batch: Batch, _ receipt: Receipt?, _ visitor: Visitor, _ team: Team, shell: Shell) {
        let workspace = visitor.workspace
        self.shell = shell
        formToken = visitor.session.formToken
        title = batch.action.title(workspace.programme.programme, team)
        list = Links.accounts
        let name = { (id: AccountID) in Self.name(id, workspace) }
        notice = receipt.map {
            Notice($0, for: visitor.session.teammate, at: workspace.now, workspace.programme.defaultZoneRules, name: name)
        }
        if let result = batch.result {
            taken = result.done.map { Row(name: name($0), link: Links.account($0.text), text: "") }
            skipped = result.skipped.map { Row(name: name($0.account), link: Links.account($0.account.text), text: $0.reason) }
        } else {
            let plan = BatchPlan(batch, in: workspace, team)
            taken = plan.taken.map { Row($0.item, $0.gets) }
            skipped = plan.skipped.map { Row($0.item, $0.reason) }
        }
        (hasTaken, hasSkipped) = (!taken.isEmpty, !skipped.isEmpty)
        let isDraft = batch.begun == nil && isSame(batch.by, visitor.session.teammate)
        confirm = isDraft && hasTaken ? Links.batch(batch.id) : nil
        confirmTitle = "Do it for \(Wording.plural(taken.count, "account", "accounts"))"
        isRunning = batch.begun != nil && batch.result == nil
        let verb = batch.result == nil ? "would get it" : "got it"
        takenTitle = "\(Wording.plural(taken.count, "account", "accounts")) \(verb)"
        skippedTitle = "\(Wording.plural(skipped.count, "account is", "accounts are")) skipped"
    }

    private static func name(_ id: AccountID, _ workspace: Workspace) -> String {
        let profile = workspace.account(id.text)?.observations.profile
        return profile?["name"]?.string ?? profile?["id"]?.string ?? id.text
    }
}

extension BatchPage.Row {
    init(_ item: BatchPlan.Item, _ text: String) {
        self.init(name: item.name, link: Links.account(item.account.id.text), text: text)
    }
}
