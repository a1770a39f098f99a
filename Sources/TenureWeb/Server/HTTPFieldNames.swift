import HTTPTypes

/// Header fields that HTTPTypes does not name; a name that it refuses would fall back to one that nobody reads.
extension HTTPField.Name {
    private static func named(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }

    /// Asks proxies not to keep a stream back.
    static let accelBuffering = named("X-Accel-Buffering")
    static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")
    static let host = named("Host")
    static let idempotencyKey = named("Idempotency-Key")
    static let lastEventID = named("Last-Event-ID")
    static let link = named("Link")
    static let refresh = named("Refresh")
    static let referrerPolicy = named("Referrer-Policy")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let serverTiming = named("Server-Timing")
}
