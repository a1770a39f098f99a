import TenureConnectors
import TenureCore
import Testing

@Suite struct MailMessageTests {
    @Test func `a customer's mail looks as it did`() throws {
        let bytes = try MailMessage.welcome.bytes()
        try expectGolden(String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self), "welcome.eml")
    }

    @Test(.enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing"))
    func `a stranger reads the mail as it was meant`() throws {
        let mail = try MailAsRead(MailMessage.welcome.bytes())
        #expect(mail.errors == [])
        #expect(mail.header("Subject") == MailMessage.welcome.subject)
        #expect(mail.header("From") == "\"CredLink, Customer Success\" <success@credlink.example>")
        #expect(mail.header("To") == "Zoë Müller <zoe@acme.example>")
        #expect(mail.header("List-Unsubscribe") == "<https://app.credlink.example/u/AbC_123-x>")
        #expect(mail.header("Auto-Submitted") == "auto-generated")
        #expect(mail.date == "2026-03-09T11:00:00+00:00")
        #expect(mail.plain.hasPrefix(MailMessage.welcome.text))
        #expect(mail.plain.contains("Unsubscribe: https://app.credlink.example/u/AbC_123-x"))
        #expect(
            mail.html.contains(
                "<li style=\"margin:0 0 4px\">API keys &lt;test&gt; &amp; &quot;live&quot;</li>"))
        #expect(mail.html.contains("href=\"https://app.credlink.example/start?step=1&amp;who=zoe\""))
    }

    @Test func `the same message gives the same bytes`() throws {
        #expect(try MailMessage.welcome.bytes() == MailMessage.welcome.bytes())
    }

    @Test func `a mail to the team offers no unsubscribing`() throws {
        var message = MailMessage.welcome
        message.audience = .team
        #expect(!String(decoding: try message.bytes(), as: UTF8.self).lowercased().contains("unsubscribe"))
    }

    @Test(arguments: [
        "\r\nBcc: everyone@acme.example", "a\nb", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}Bcc: x", "\u{7F}",
    ])
    func `a line end in a header is refused`(attack: String) {
        var subject = MailMessage.welcome
        subject.subject += attack
        #expect(throws: MailMistake.controlCharacter(field: "subject")) { try subject.bytes() }
        var name = MailMessage.welcome
        name.to.name += attack
        #expect(throws: MailMistake.controlCharacter(field: "To")) { try name.bytes() }
        var address = MailMessage.welcome
        address.to.address += attack
        #expect(throws: MailMistake.invalidAddress(field: "To")) { try address.bytes() }
        var id = MailMessage.welcome
        id.messageID = "<a@b\(attack)>"
        #expect(throws: MailMistake.invalidMessageID) { try id.bytes() }
        var url = MailMessage.welcome
        url.unsubscribeURL?.append(attack)
        #expect(throws: MailMistake.invalidUnsubscribeURL) { try url.bytes() }
        var footer = MailMessage.welcome
        footer.footer += attack
        #expect(throws: MailMistake.controlCharacter(field: "footer")) { try footer.bytes() }
    }

    @Test(arguments: [
        "", "ada", "@acme.example", "ada@", "a@b@c", "ada acme@x.example", "<ada@acme.example>",
        "a,b@acme.example",
        "ada@acme..example", "ada@-acme.example", "ada@acme.example>", "zoë@acme.example",
        "ada@acmé.example",
        ".ada@acme.example", "\"a b\"@acme.example", "ada@[127.0.0.1]",
    ])
    func `an address that could say more than an address is refused`(address: String) {
        #expect(!MailAddress.isValid(address))
    }

    @Test(arguments: ["ada@acme.example", "a.b+c@x", "o'neil@mail.acme-corp.example", "root@localhost"])
    func `usual addresses are valid`(address: String) { #expect(MailAddress.isValid(address)) }

    @Test(
        .enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing"),
        arguments: [
            "plain", "=?UTF-8?B?aGk=?= forged word", "a \"quoted\" \\ subject",
            String(repeating: "long word ", count: 60),
            String(repeating: "x", count: 700), String(repeating: "日本語", count: 80),
            "👩‍👩‍👧‍👦 family", "tab\there",
        ])
    func `every subject survives the way`(subject: String) throws {
        let mail = try MailAsRead(MailMessage.note(subject).bytes())
        #expect(mail.errors == [])
        #expect(mail.header("Subject") == subject.split { $0 == " " || $0 == "\t" }.joined(separator: " "))
    }

    @Test(
        .enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing"),
        arguments: [
            "", "Ada", "Ada Lovelace", "Lovelace, Ada (CEO)", "A \"B\" \\ C", "Ünïcode Ñame",
            String(repeating: "Ñ", count: 90), String(repeating: "n", count: 199), "a@b.example", "=?x?= y",
        ])
    func `every name survives the way`(name: String) throws {
        var message = MailMessage.note()
        message.to.name = name
        let mail = try MailAsRead(message.bytes())
        #expect(mail.errors == [])
        let read = mail.recipient
        #expect(read.hasSuffix("<ada@acme.example>"))
        #expect(read.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\").contains(name))
    }

    @Test(
        .enabled(if: Peer.isAvailable, "python3 with aiosmtpd is missing"),
        arguments: [
            "", ".", "..\n.\n.", "trailing space \nnext\t\nend", String(repeating: "y", count: 5000),
            String(repeating: "ü", count: 999), "--=_tenure_0000\nContent-Type: text/html", "=3D = == =\n=",
            "a\r\nb\rc\nd", "javascript:alert(1) <script>alert(1)</script> <b onload = x>",
            "From me\n\n\n\nFrom you",
        ])
    func `every text survives the way and stays inert`(text: String) throws {
        let mail = try MailAsRead(MailMessage.note(text: text).bytes())
        #expect(mail.errors == [])
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        #expect(mail.plain.trimmedAtEnd == lines.trimmedAtEnd)
    }

    @Test func `a token of letters and digits is never cut by a line end`() throws {
        let token = "TOKEN_" + String(repeating: "a1B-", count: 12)
        for indent in 0..<80 {
            let text = String(repeating: "ü", count: indent) + " https://portal.vendor.example/in/\(token)"
            let bytes = String(decoding: try MailMessage.note(text: text).bytes(), as: UTF8.self)
            #expect(bytes.ranges(of: token).count == 3)
        }
    }

    @Test func `what is too long is refused`() {
        #expect(throws: MailMistake.tooLong(field: "subject", bytesMax: 998)) {
            try MailMessage.note(String(repeating: "x", count: 999)).bytes()
        }
        #expect(throws: MailMistake.tooLong(field: "text", bytesMax: 262_144)) {
            try MailMessage.note(text: String(repeating: "x", count: 262_145)).bytes()
        }
        #expect(throws: MailMistake.emptySubject) { try MailMessage.note(" \t").bytes() }
    }
}

extension String {
    fileprivate var trimmedAtEnd: Substring {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
