import TenureCore

/// When it happened, corrected for a device whose clock is off: what lies between happening and sending is
/// taken from the device, the moment of sending from us.
///
/// The offset counts in whole minutes, so that a call that is sent again says the same although the network took
/// longer.
struct SegmentClock: Sendable {
    let received: Instant

    func occurred(_ stamped: Instant?, sent: Instant?) -> Instant? {
        guard let stamped else { return nil }
        guard let sent else { return stamped }
        let offset = received - sent
        return stamped + floorDivide(offset + Milliseconds.minute / 2, Milliseconds.minute)
            * Milliseconds.minute
    }
}
