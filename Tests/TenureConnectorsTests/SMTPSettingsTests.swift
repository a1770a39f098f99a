import TenureConnectors
import Testing

@Suite struct SMTPSettingsTests {
    @Test(arguments: [
        ("smtp://mail.example", "mail.example", 587, SMTPSettings.StartTLS.required),
        ("smtp://ada:secret@mail.example:2525", "mail.example", 2525, .required),
        ("smtps://ada%40x:s%3A@mail.example", "mail.example", 465, .required),
        ("smtp://localhost:25", "localhost", 25, .whenOffered),
        ("smtp://127.0.0.1:1025/", "127.0.0.1", 1025, .whenOffered),
        ("smtp://[::1]:1025", "::1", 1025, .whenOffered),
        ("smtp://[2001:db8::1]", "2001:db8::1", 587, .required),
    ])
    func `a URL names the server`(url: String, host: String, port: Int, startTLS: SMTPSettings.StartTLS)
        throws
    {
        let settings = try SMTPSettings(url: url)
        #expect(settings.host == host && settings.port == port && settings.startTLS == startTLS)
    }

    @Test(arguments: [
        ("", SMTPSettings.Mistake.scheme), ("http://mail.example", .scheme), ("smtp://", .malformed),
        ("smtp://a:b@c@mail.example", .malformed), ("smtp://mail.example:0", .malformed),
        ("smtp://mail.example:99999", .malformed), ("smtp://mail.example/path", .malformed),
        ("smtp://user@mail.example", .malformed), ("smtp://a:%zz@mail.example", .malformed),
        ("smtp://a:%0d%0aRSET@mail.example", .malformed), ("smtp://mail.exam ple", .malformed),
        ("smtp://mail.example\r\n", .malformed), ("smtp://[mail]:25", .malformed),
    ])
    func `a wrong URL is refused`(url: String, mistake: SMTPSettings.Mistake) {
        #expect(throws: mistake) { try SMTPSettings(url: url) }
    }

    @Test func `nothing that is printed holds the password or a webhook's path`() throws {
        let settings = try SMTPSettings(url: "smtps://ada:SECRET@mail.example")
        let webhook = try WebhookChannel(
            label: "x", kind: .slack, url: "https://hooks.vendor.example/T0/SECRET")
        for value in [settings, SMTPChannel(settings: settings), webhook, ChatChannels([webhook])] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            #expect(!("\(value)" + String(reflecting: value) + dumped).contains("SECRET"))
        }
    }

    @Test func `a password does not travel where TLS may be stripped`() throws {
        #expect(throws: SMTPSettings.Mistake.exposedPassword) {
            try SMTPSettings(url: "smtp://a:b@mail.example", startTLS: .whenOffered)
        }
        _ = try SMTPSettings(url: "smtp://a:b@mail.example", startTLS: .never)
        _ = try SMTPSettings(url: "smtp://a:b@localhost")
    }
}
