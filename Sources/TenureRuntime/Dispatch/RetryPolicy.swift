/// When a delivery that did not get through is tried again. A pure value: the same message and attempt always
/// give the same wait, so a replayed run keeps its timetable.
package struct RetryPolicy: Hashable, Sendable {
    /// Milliseconds between attempt n and n + 1; one fewer than the attempts.
    package var waits: [Int64]
    /// How far a wait may lie from the table, in percent of it, on either side.
    package var jitterPercent: Int64
    /// The longest that a peer may ask us to wait, in milliseconds.
    package var peerWaitMax: Int64

    package init(waits: [Int64], jitterPercent: Int64 = 10, peerWaitMax: Int64 = 86_400_000) {
        self.waits = waits
        self.jitterPercent = min(max(jitterPercent, 0), 100)
        self.peerWaitMax = peerWaitMax
    }

    /// Ten attempts over 75 hours: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24
    /// h.
    package static let standard = RetryPolicy(
        waits: [
            5000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
        ])

    /// The first attempt included.
    package var attemptsMax: Int { waits.count + 1 }

    /// Milliseconds from the end of `attempt` (the first is 1) to the next one; nil when the attempts are
    /// used up.
    ///
    /// A peer's Retry-After lengthens a wait, up to `peerWaitMax`, and never shortens it.
    package func wait(afterAttempt attempt: Int, messageID: String, retryAfterSeconds: Int? = nil) -> Int64? {
        guard attempt >= 1, attempt <= waits.count else { return nil }
        let planned = jittered(waits[attempt - 1], messageID, attempt)
        guard let retryAfterSeconds, retryAfterSeconds > 0 else { return planned }
        let (asked, overflow) = Int64(retryAfterSeconds).multipliedReportingOverflow(by: 1000)
        return max(planned, overflow ? peerWaitMax : min(asked, peerWaitMax))
    }

    private func jittered(_ wait: Int64, _ messageID: String, _ attempt: Int) -> Int64 {
        let spread = wait / 100 * jitterPercent
        guard spread > 0 else { return wait }
        let place = Int64(clamping: Self.spreading(messageID, attempt) % UInt64(2 * spread + 1))
        return wait - spread + place
    }

    /// FNV-1a over the id, then the finaliser of SplitMix64, so that neighbouring attempts land far apart.
    private static func spreading(_ messageID: String, _ attempt: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in messageID.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = hash &+ UInt64(bitPattern: Int64(attempt)) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }
}
