import HTTPTypes

/// Colours that somebody chose for their browser; without a choice pages follow the device.
enum Appearance: String, Sendable, CaseIterable {
    case light, dark

    private static let cookie = "tenure_appearance"
    private static let seconds = 365 * 86_400

    init?(_ call: Call) {
        guard let chosen = call.cookie(Self.cookie).flatMap({ Self(rawValue: $0) }) else { return nil }
        self = chosen
    }

    /// A cookie with the choice; nil takes it back.
    static func cookie(_ choice: Appearance?) -> String {
        "\(cookie)=\(choice?.rawValue ?? ""); Path=/; Max-Age=\(choice == nil ? 0 : seconds); HttpOnly; SameSite=Lax"
    }
}
