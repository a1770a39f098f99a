import HTTPTypes
import TenureRuntime

/// The cookie that carries a session. Over HTTPS it is bound to the host; plain HTTP is for this machine only.
enum SessionCookie {
    private static func isSecure(_ house: House) -> Bool { house.url.hasPrefix("https:") }

    private static func name(_ house: House) -> String {
        isSecure(house) ? "__Host-tenure_session" : "tenure_session"
    }

    static func value(_ call: Call) -> String? { call.cookie(name(call.house)) }

    static func set(_ value: String, _ house: House) -> String {
        "\(name(house))=\(value); Path=/; Max-Age=\(House.sessionMilliseconds / 1000); HttpOnly; SameSite=Lax"
            + (isSecure(house) ? "; Secure" : "")
    }

    static func clear(_ house: House) -> String {
        "\(name(house))=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax" + (isSecure(house) ? "; Secure" : "")
    }
}
