import TenureConnectors
import Testing

@Suite struct DestinationTests {
    @Test(arguments: [
        ("8.8.8.8", AddressKind.worldwide), ("2606:4700::1111", .worldwide), ("172.32.0.1", .worldwide),
        ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("::1", .loopback),
        ("::ffff:127.0.0.1", .loopback), ("::ffff:7f00:1", .loopback), ("64:ff9b::7f00:1", .loopback),
        ("2002:7f00:1::", .loopback), ("10.0.0.1", .inside), ("172.16.0.1", .inside),
        ("172.31.255.255", .inside),
        ("192.168.1.1", .inside), ("169.254.1.1", .inside), ("100.64.0.1", .inside),
        ("100.127.255.255", .inside),
        ("fd00::1", .inside), ("fc00::1", .inside), ("fe80::1", .inside), ("febf::1", .inside),
        ("::ffff:10.0.0.1", .inside), ("64:ff9b::a00:1", .inside), ("2002:c0a8:101::", .inside),
        ("0.0.0.0", .reserved), ("::", .reserved), ("224.0.0.1", .reserved), ("239.1.1.1", .reserved),
        ("255.255.255.255", .reserved), ("240.0.0.1", .reserved), ("198.18.0.1", .reserved),
        ("192.0.2.1", .reserved),
        ("ff02::1", .reserved), ("2001:db8::1", .reserved), ("2001::1", .reserved),
        ("::ffff:8.8.8.8", .reserved),
        ("4000::1", .reserved), ("169.254.169.254", .metadata), ("::ffff:169.254.169.254", .metadata),
        ("64:ff9b::a9fe:a9fe", .metadata), ("fd00:ec2::254", .metadata), ("100.100.100.200", .metadata),
    ])
    func `an address is judged by what it stands for`(literal: String, kind: AddressKind) throws {
        #expect(try #require(PeerAddress(literal: literal)).kind == kind)
    }

    @Test func `only the open Internet is allowed`() throws {
        let policy = DestinationPolicy()
        for literal in ["127.0.0.1", "10.0.0.1", "224.0.0.1", "169.254.169.254", "::ffff:8.8.8.8", "fd00::1"]
        {
            #expect(!policy.allows(try #require(PeerAddress(literal: literal))), "\(literal)")
        }
        let open = try #require(PeerAddress(literal: "8.8.8.8"))
        let inside = try #require(PeerAddress(literal: "10.0.0.1"))
        #expect(policy.allows(all: [open]))
        #expect(!policy.allows(all: [open, inside]))
        #expect(!policy.allows(all: []))
    }

    @Test func `the operator opens networks, but never the metadata service`() throws {
        let networks = try ["10.20.0.0/15", "169.254.0.0/16", "fd00::/8"].map { try #require(Network($0)) }
        let policy = DestinationPolicy(networks: networks)
        let verdicts = try [
            "10.21.3.4", "10.22.0.1", "::ffff:10.20.0.1", "fd12::1", "169.254.169.254", "fd00:ec2::254",
        ]
        .map { policy.allows(try #require(PeerAddress(literal: $0))) }
        #expect(verdicts == [true, false, true, true, false, false])
    }

    @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "x/8", "::/129", "", "/", "10.0.0.0/8/8"])
    func `what is no network gives none`(text: String) { #expect(Network(text) == nil) }

    @Test(arguments: [
        ("ftp://hooks.example/x", WebhookURL.Mistake.scheme), ("file:///etc/passwd", .scheme),
        ("http://hooks.example/x", .scheme), ("hooks.example/x", .scheme), ("", .scheme),
        ("https://user:pass@hooks.example/x", .userInfo), ("https://a@hooks.example/x", .userInfo),
        ("https://hooks.example:25/x", .port), ("https://hooks.example:8080/x", .port),
        ("https://", .malformed), ("https:///x", .malformed), ("https://hooks.example:/x", .malformed),
        ("https://hooks.example:99999/x", .malformed), ("https://ho oks.example/x", .malformed),
        ("https://hooks.example/x\r\nHost: y", .malformed), ("https://hooks.example/x#y", .malformed),
        ("https://hooks.example\\@127.0.0.1/", .malformed), ("https://[fe80::1%25eth0]/x", .malformed),
        ("https://höoks.example/", .malformed), ("https://[::1/x", .malformed),
        ("https://127.0.0.1/x", .destination), ("https://localhost/x", .destination),
        ("https://[::ffff:127.0.0.1]/x", .destination), ("https://[::ffff:7f00:1]/x", .destination),
        ("https://[64:ff9b::7f00:1]/x", .destination), ("https://[fd00::1]/x", .destination),
        ("https://169.254.169.254/x", .destination), ("https://100.64.0.1/x", .destination),
    ])
    func `a webhook's URL is read strictly`(url: String, mistake: WebhookURL.Mistake) {
        #expect(throws: mistake) { try WebhookURL(url, policy: DestinationPolicy()) }
    }

    @Test func `a good URL shows its host and hides its path`() throws {
        let url = try WebhookURL(
            "HTTPS://hooks.slack.example/services/T0/B0/s3cret", policy: DestinationPolicy())
        #expect(url.place == "hooks.slack.example" && url.port == 443 && url.isSecure)
    }
}
