import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime
import TenureStore

/// Every message, newest first, with what became of it.
struct OutboxPage {
    let shell: Shell
    let states: [SignalListPage.Choice]
    let home: String
    let rows: [Row]
    let isEmpty: Bool
    let next: String?
    /// Messages that imported history would have sent; told with those that were withheld.
    let withheld: String?

    struct Row {
        let subject: String
        let link: String
        let state: String
        let detail: String?
        let recipient: String
        let account: String
        let accountLink: String
        let template: String
        let why: String
        let at: String
    }
}

extension OutboxPage {
    init(
        shell: Shell, _ state: OutboxRow.State?, _ rows: [OutboxRow], next: String?, _ workspace: Workspace
    ) {
        self.shell = shell
        let all = SignalListPage.Choice(id: "", title: "All", isCurrent: state == nil)
        states = [all] + OutboxRow.State.allCases.map {
            SignalListPage.Choice(id: $0.rawValue, title: Wording.title($0.rawValue), isCurrent: state == $0)
        }
        home = Links.outbox
        self.rows = rows.map { Row($0, workspace) }
        isEmpty = rows.isEmpty
        self.next = next
        withheld = state == nil || state == .withheld ? Links.withheld : nil
    }
}

extension OutboxRow {
    func templateTitle(_ programme: Programme) -> String { programme.messages.first { isSame($0.id, template) }?.title ?? template }

    /// What pages call it: a message of a chat has no subject.
    func title(_ programme: Programme) -> String { subject.isEmpty ? templateTitle(programme) : subject }
}

extension OutboxPage.Row {
    init(_ row: OutboxRow, _ workspace: Workspace) {
        let account = workspace.account(row.account.text)
        let zone = account.map { workspace.programme.zone(of: $0.observations) } ?? ZoneRules.utc
        template = row.templateTitle(workspace.programme.programme)
        subject = row.title(workspace.programme.programme)
        link = Links.message(row.key)
        state = row.state.rawValue
        detail = row.detail.isEmpty ? nil : row.detail
        recipient = row.recipientName + (row.address == row.recipientName || row.address.isEmpty ? "" : " (\(row.address))")
        self.account = account?.observations.profile["name"]?.string ?? row.account.text
        accountLink = Links.account(row.account.text)
        why = OutboxCause(row, account, workspace.programme).words
        at = Wording.instant(row.created, zone)
    }
}

/// One message as it leaves, why it is there, and what happened to it.
struct MessagePage {
    let shell: Shell
    let formToken: String
    let row: OutboxPage.Row
    let text: String
    /// Address of the HTML part, shown with nothing allowed in it.
    let html: String?
    let channel: String
    let sender: String
    let messageID: String
    let attempts: String
    let steps: [Step]
    let hasSteps: Bool
    let releaseTitle: String?
    let mayDiscard: Bool

    struct Step {
        let at: String
        let state: String
        let detail: String
    }

    static let stepsMax = 100
}

extension MessagePage {
    init(shell: Shell, formToken: String, _ row: OutboxRow, _ steps: [OutboxStep], _ workspace: Workspace) {
        let zone = workspace.row(row.account.text)?.zone ?? .utc
        let message = StoredMessage(row)
        self.shell = shell
        self.formToken = formToken
        self.row = OutboxPage.Row(row, workspace)
        text = message.text
        html = message.html.map { _ in Links.messageHTML(row.key) }
        channel = row.channel
        sender = row.sender
        messageID = row.messageID
        attempts = Wording.plural(row.attempts, "attempt", "attempts")
        self.steps = steps.map {
            Step(at: Wording.instant($0.at, zone), state: $0.state.rawValue, detail: $0.detail)
        }
        hasSteps = !steps.isEmpty
        releaseTitle = row.mayBeReleased ? (row.state == .held ? "Let it go" : "Try once more") : nil
        mayDiscard = row.mayBeDiscarded
    }
}

/// What imported history would have sent.
struct WithheldPage {
    let shell: Shell
    let summary: String
    let rows: [Row]
    let isEmpty: Bool
    let pages: PageLinks?

    struct Row {
        let at: String
        let link: String
        let account: String
        let what: String
        let recipient: String
        let why: String
    }
}

extension WithheldPage {
    /// - Parameter cursor: of the messages; nil: the newest ones.
    init(shell: Shell, _ found: WithheldList, cursor: String?, _ workspace: Workspace) throws {
        let name = ListName(list: "withheld", question: "", keys: workspace.keys)
        let part = try ListPart(found.messages, name, cursor: cursor) { message in
            ListPlace(
                number: -message.at.milliseconds, text: message.account.text,
                id: "\(message.play) \(message.template) \(message.recipient.text)")
        }
        self.shell = shell
        let count = found.messages.count
        summary = Wording.plural(count, "message", "messages") + (found.isComplete ? "" : " at least")
        rows = part.items.map { Row($0, workspace) }
        isEmpty = count == 0
        pages = PageLinks(part, "message", "messages") { Links.with(Links.withheld, [("cursor", $0)]) }
    }
}

extension WithheldPage.Row {
    fileprivate init(_ message: WithheldMessage, _ workspace: Workspace) {
        let (programme, row) = (workspace.programme, workspace.row(message.account.text))
        let zone = row?.zone ?? .utc
        at = Wording.instant(message.at, zone)
        link = Links.day(message.account.text, zone.day(at: message.at))
        account = row?.report.givenName ?? message.account.text
        what = programme.programme.messages.first { $0.id == message.template }?.title ?? message.template
        recipient = message.recipient.text
        why = PlayView.cause("signal:" + message.signal, programme) + "; play \(message.playTitle)"
            + (message.isConditional ? ", if its condition held" : "")
    }
}
