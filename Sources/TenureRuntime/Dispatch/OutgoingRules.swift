package import TenureCore
package import TenureStore

/// Something that a person, or a recipient, has decided until further notice: who, when and why.
package struct StandingOrder: Hashable, Sendable {
    package var by: String
    package var at: Instant
    package var reason: String

    package init(by: String, at: Instant, reason: String) {
        self.by = by
        self.at = at
        self.reason = reason
    }

    package var text: String {
        JSON.object(["by": .string(by), "at": .string(at.text), "reason": .string(reason)]).text
    }

    /// What cannot be read is an order all the same: nobody is written to by mistake.
    package init(text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text) else {
            self.init(by: "", at: Instant(milliseconds: 0), reason: text)
            return
        }
        let at = object["at"]?.string.flatMap { try? Instant.parse(rfc3339: $0).get() }
        self.init(
            by: object["by"]?.string ?? "", at: at ?? Instant(milliseconds: 0), reason: object["reason"]?.string ?? "")
    }
}

/// What people have decided of everything that leaves a workspace. Read before each message, so that it holds at once.
package struct OutgoingRules: Hashable, Sendable {
    /// Nothing leaves.
    package let stop: StandingOrder?
    /// Every mail goes there and says so.
    package let testRecipient: String?

    package static let stopSetting = "outgoing.stop"
    package static let testSetting = "outgoing.test_recipient"
    private static let suppressedPrefix = "suppressed:"

    package init(_ store: any StateStore) throws {
        stop = try store.setting(Self.stopSetting).map { StandingOrder(text: $0) }
        testRecipient = try store.setting(Self.testSetting)
    }

    /// Addresses differ in case only for those who typed them.
    package static func suppressionSetting(_ address: String) -> String { suppressedPrefix + address.lowercased() }

    package static func suppression(of address: String, _ store: any StateStore) throws -> StandingOrder? {
        try store.setting(suppressionSetting(address)).map { StandingOrder(text: $0) }
    }

    /// Ascending by address.
    package static func suppressions(_ store: any StateStore) throws -> [(address: String, order: StandingOrder)] {
        try store.settings(prefix: suppressedPrefix).map { name, value in
            (String(name.dropFirst(suppressedPrefix.count)), StandingOrder(text: value))
        }
    }
}
