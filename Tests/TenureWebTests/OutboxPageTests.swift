import HTTPTypes
import Logging
import Synchronization
import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore
import Testing

@testable import TenureWeb

/// What a browser sees of messages, and what it decides of them and of everything that leaves.
@Suite struct OutboxPageTests {
    private static let mail = [
        "From: Acme <cs@acme.example>", "To: <ada@customer.example>", "Subject: Hello",
        "Content-Type: multipart/alternative;", " boundary=\"=_b\"", "", "--=_b", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable", "", "Caf=C3=A9 <script>alert(1)</script> =", "goes on", "--=_b",
        "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
        "<p style=3D\"color:red\">Caf=C3=A9</p>", "--=_b--", "",
    ].joined(separator: "\r\n")

    private func row(_ name: String, _ state: OutboxRow.State, account: AccountID, body: String = mail) -> OutboxRow {
        OutboxRow(
            key: "\(account)/1/ask/1/do0/role:csm/\(name)", account: account, channel: "mail",
            address: "\(name)@customer.example", recipientName: name, template: "hello", subject: "Hello \(name)",
            messageID: "<\(name)@acme.example>", sender: "cs@acme.example", body: Array(body.utf8), state: state,
            due: TestHouse.now, created: TestHouse.now)
    }

    /// A house with messages, a session, and a channel that keeps what it is given.
    private func bed(_ rows: [(String, OutboxRow.State)]) async throws -> Bed {
        let house = try await TestHouse()
        try await house.fill(accounts: 1)
        let account = try #require(house.workspace.account("co-1")).id
        let messages = rows.map { row($0.0, $0.1, account: account) }
        try await house.workspace.write { $0.outbox = messages }
        return Bed(house: house, session: try await house.signIn(), keys: messages.map(\.key))
    }

    private struct Bed {
        let house: TestHouse
        let session: HTTPFields
        let keys: [String]
        let channel = KeepingChannel()

        func get(_ path: String) async -> Answer { await house.ask(.get, path, session) }

        func post(_ path: String, _ form: String = "") async -> Answer {
            let page = await get(Links.sending).text
            let token = page.firstRange(of: "form_token\" value=\"").map {
                String(page[$0.upperBound...].prefix { $0 != "\"" })
            }
            var fields = session
            fields[.contentType] = "application/x-www-form-urlencoded"
            return await house.ask(.post, path, fields, body: Array("form_token=\(token ?? "")&\(form)".utf8))
        }

        func state(_ number: Int) throws -> OutboxRow.State? { try house.workspace.store.outbox(key: keys[number])?.state }

        /// One round of the dispatcher.
        func send() async throws -> Int {
            try await Dispatcher(
                workspace: house.workspace, channels: [.mail: channel], logger: Logger(label: "test")
            ).turn()
        }
    }

    @Test func `a held message is let go by a person, once, and its history says who`() async throws {
        let bed = try await bed([("ada", .held), ("bob", .held)])
        #expect(try await bed.send() == 0)
        #expect(await bed.post(Links.message(bed.keys[0]) + "/release").status == .seeOther)
        #expect(await bed.post(Links.message(bed.keys[1]) + "/discard", "reason=not+now").status == .seeOther)
        #expect(try await bed.send() == 1)
        #expect(bed.channel.sent.map(\.address) == ["ada@customer.example"])
        #expect(try [bed.state(0), bed.state(1)] == [.sent, .cancelled])
        let page = await bed.get(Links.message(bed.keys[0])).text
        #expect(page.contains("let go by ada") && page.contains("taken by the test"))
        #expect(await bed.get(Links.message(bed.keys[1])).text.contains("discarded by ada: not now"))
        #expect(await bed.post(Links.message(bed.keys[0]) + "/release").status.code == 409)
        #expect(await bed.post(Links.message(bed.keys[0]) + "/discard").status.code == 409)
    }

    @Test func `a failed message is tried once more, one that was never rendered is not`() async throws {
        let bed = try await bed([("ada", .failed)])
        let account = try #require(bed.house.workspace.account("co-1")).id
        let empty = row("nobody", .failed, account: account, body: "")
        try await bed.house.workspace.write { $0.outbox = [empty] }
        let path = "/outbox/" + PercentCoding.encode(bed.keys[0])
        #expect(await bed.house.api(.post, path + "/release").json["state"] == "queued")
        #expect(try await bed.send() == 1)
        let history = await bed.house.api(.get, path).json["history"]?.array?.compactMap { $0.object?["state"]?.string }
        #expect(history == ["queued", "sent"])
        #expect(await bed.house.api(.post, "/outbox/" + PercentCoding.encode(empty.key) + "/release").code == "command-refused")
        #expect(await bed.house.api(.post, "/outbox/nothing/release").code == "not-found")
    }

    @Test func `the kill switch holds everything back at once, and every page says so`() async throws {
        let bed = try await bed([("ada", .queued), ("bob", .queued), ("cyd", .queued)])
        #expect(await bed.post(Links.sending + "/stop").status.code == 422)
        #expect(await bed.post(Links.sending + "/stop", "reason=Wrong+price").status == .seeOther)
        #expect(try await bed.send() == 0)
        #expect(await bed.get(Links.home).text.contains("Wrong price (ada, "))
        #expect(await bed.post(Links.sending + "/resume").status == .seeOther)
        #expect(!(await bed.get(Links.home).text.contains("Nothing is sent")))
        // Stopped while a round is on its way: what was claimed waits again, and was not tried.
        let workspace = bed.house.workspace
        bed.channel.afterFirst = {
            try? await SendingDesk(workspace: workspace, author: "ada").stop(reason: "Stop!")
        }
        _ = try await bed.send()
        #expect(bed.channel.sent.count == 1)
        #expect(try [bed.state(0), bed.state(1), bed.state(2)].count { $0 == .queued } == 2)
        #expect(await bed.house.api(.delete, "/sending/stop").json["stop"] == .null)
        #expect(try await bed.send() == 2)
        #expect(Set(bed.channel.sent.map(\.address)).count == 3)
    }

    @Test func `a test recipient gets every mail, which says for whom it was`() async throws {
        let bed = try await bed([("ada", .queued)])
        let answer = await bed.house.api(.put, "/sending/test-recipient", #"{"address": "try@acme.example"}"#)
        #expect(answer.json["test_recipient"] == "try@acme.example")
        #expect(await bed.house.api(.put, "/sending/test-recipient", #"{"address": "no address"}"#).code == "validation-failed")
        #expect(try await bed.send() == 1)
        let sent = try #require(bed.channel.sent.first)
        let text = String(decoding: sent.body, as: UTF8.self)
        #expect(sent.address == "try@acme.example")
        #expect(text.hasPrefix("X-Tenure-Test-For: ada@customer.example\r\nFrom: "))
        #expect(text.contains("\r\nSubject: [Test for ada@customer.example] Hello\r\n"))
        #expect(try bed.house.workspace.store.outbox(key: bed.keys[0])?.body == Array(Self.mail.utf8))
    }

    @Test func `nothing is sent to a suppressed address, however it is written`() async throws {
        let bed = try await bed([("ada", .queued), ("bob", .queued)])
        #expect(await bed.post(Links.sending + "/suppressions", "address=ADA%40customer.example&reason=Complained").status == .seeOther)
        #expect(try await bed.send() == 2)
        #expect(bed.channel.sent.map(\.address) == ["bob@customer.example"])
        #expect(try bed.state(0) == .cancelled)
        #expect(await bed.get(Links.outbox + "?state=cancelled").text.contains("nothing is sent there: Complained"))
        #expect(await bed.get(Links.sending).text.contains("ada@customer.example"))
        _ = await bed.house.api(.delete, "/sending/suppressions/ada%40customer.example")
        #expect(!(await bed.get(Links.sending).text.contains("ada@customer.example")))
    }

    @Test func `limits hold also for messages that wait already, and the outbox says until when and why`() async throws {
        let bed = try await bed([("ada", .queued)])
        #expect(await bed.post(Links.sending + "/limits/team", "quiet_hours=23%3A00-22%3A59&day_max=3&week_max=").status == .seeOther)
        #expect(try await bed.send() == 1)
        #expect(bed.channel.sent.isEmpty)
        #expect(await bed.get(Links.outbox + "?state=queued").text.contains("quiet hours 23:00-22:59"))
        let page = await bed.get(Links.sending).text
        #expect(page.contains(#"name="quiet_hours" value="23:00-22:59""#) && page.contains(#"value="3""#))
        for wrong in ["quiet_hours=8-20", "day_max=0", "week_max=1001", "day_max=x"] {
            #expect(await bed.post(Links.sending + "/limits/team", wrong).status.code == 422)
        }
        #expect(await bed.post(Links.sending + "/limits/team", "quiet_hours=&day_max=&week_max=").status == .seeOther)
        #expect(try await bed.send() == 1)
        #expect(bed.channel.sent.map(\.address) == ["ada@customer.example"])
        #expect(await bed.get(Links.message(bed.keys[0])).text.contains("limits were changed by ada"))
    }

    @Test func `programs read and set limits`() async throws {
        let house = try await bed([]).house
        let answer = await house.api(.put, "/sending/limits/contacts", #"{"quiet_hours": "20:00-08:00", "week_max": 3}"#)
        #expect(answer.json["limits"]?.object?["contacts"]?.object?["week_max"] == 3)
        #expect(answer.json["limits"]?.object?["contacts"]?.object?["day_max"] == .null)
        #expect(await house.api(.put, "/sending/limits/contacts", #"{"quiet_hours": "20-08"}"#).code == "validation-failed")
        #expect(await house.api(.put, "/sending/limits/contacts", #"{"day_max": 0}"#).code == "validation-failed")
        #expect(await house.api(.put, "/sending/limits/everybody", "{}").code == "not-found")
        let ended = await house.api(.delete, "/sending/limits/contacts").json
        #expect(ended["limits"]?.object?["contacts"]?.object?["quiet_hours"] == .null)
    }

    @Test func `a recipient takes the own address off by one POST without signing in, and a look changes nothing`() async throws {
        let bed = try await bed([])
        let workspace = bed.house.workspace
        let account = try #require(workspace.account("co-1")).id
        let contact = ContactRow(
            account: account, key: "k/1", name: "Ada", email: "Ada@customer.example", role: "sponsor", hasLeft: false,
            isUnsubscribed: false, updated: TestHouse.now)
        try await workspace.write { $0.contacts = [contact] }
        let path = try #require(UnsubscribeLink(account: account, contact: "k/1")).path(workspace.id, workspace.keys)
        let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        #expect(await bed.house.ask(.get, path).text.contains("action=\"\(path)\""))
        #expect(try OutgoingRules.suppressions(workspace.store).isEmpty)
        for _ in 0..<2 {
            let answer = await bed.house.ask(.post, path, form, body: Array("List-Unsubscribe=One-Click".utf8))
            #expect(answer.status == .ok && answer.text.contains("Done"))
        }
        #expect(try OutgoingRules.suppressions(workspace.store).map(\.address) == ["ada@customer.example"])
        for wrong in [String(path.dropLast()) + "0x", path.replacing("acme", with: "other"), path.replacing("6b2f31", with: "6b2f32")] {
            #expect(await bed.house.ask(.post, wrong, form, body: [1]).status == .notFound, "\(wrong)")
        }
    }

    @Test func `a message of a chat has no subject and is called by its template`() async throws {
        let house = try await TestHouse()
        var chat = row("ada", .sent, account: AccountID("a"))
        chat.subject = ""
        #expect(chat.title(house.workspace.programme.programme) == "hello")
        #expect(row("ada", .sent, account: AccountID("a")).title(house.workspace.programme.programme) == "Hello ada")
    }

    @Test func `what a mail says is shown as text, and its HTML alone with nothing allowed in it`() async throws {
        let bed = try await bed([("ada", .sent)])
        let page = await bed.get(Links.message(bed.keys[0])).text
        #expect(page.contains("Café &lt;script&gt;alert(1)&lt;/script&gt; goes on") && !page.contains("<script>"))
        let html = await bed.get(Links.messageHTML(bed.keys[0]))
        #expect(html.text == "<p style=\"color:red\">Café</p>\n")
        let policy = try #require(html.fields[.contentSecurityPolicy])
        #expect(policy.hasPrefix("sandbox; default-src 'none'") && !policy.contains("script") && !policy.contains("inline"))
        #expect(policy.hasSuffix("; style-src 'unsafe-hashes' 'sha256-8f935d27GvUutRyY9yWScUMiFUk4WTdZURISiYfPOeQ='"))
        #expect(await bed.get(Links.outbox).text.contains("Hello ada"))
        #expect(await bed.get(Links.message("nothing")).status == .notFound)
        #expect(await bed.house.ask(.get, Links.messageHTML(bed.keys[0])).status == .seeOther)
    }
}

/// Takes everything, and keeps it.
private final class KeepingChannel: Channel {
    private let kept = Mutex<[Delivery]>([])
    private let hook = Mutex<(@Sendable () async -> Void)?>(nil)

    let name = "the test"
    var sent: [Delivery] { kept.withLock { $0 } }
    /// Runs once, behind the first delivery.
    var afterFirst: (@Sendable () async -> Void)? {
        get { hook.withLock { $0 } }
        set { hook.withLock { $0 = newValue } }
    }

    func send(_ delivery: Delivery) async -> DeliveryOutcome {
        kept.withLock { $0.append(delivery) }
        if let after = hook.withLock({ hook in
            defer { hook = nil }
            return hook
        }) { await after() }
        return .accepted(detail: "taken by the test")
    }
}
