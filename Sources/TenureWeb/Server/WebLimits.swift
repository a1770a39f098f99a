import NIOCore

/// Every bound on what a peer may send, in one place.
enum WebLimits {
    /// Of a request as it is sent.
    static let bodyBytesMax = 2 * 1024 * 1024
    /// Of a compressed request after it is inflated.
    static let inflatedBytesMax = 8 * 1024 * 1024
    /// How many times its size a compressed request may become, once it is larger than `inflatedBytesFree`.
    static let inflatedRatioMax = 100
    /// What any compressed request may become.
    static let inflatedBytesFree = 64 * 1024
    static let formBytesMax = 64 * 1024
    /// Of the files that somebody uploads at a time.
    static let uploadBytesMax = 256 * 1024 * 1024
    static let headerBytesMax = 16 * 1024
    static let headerFieldsMax = 100
    static let targetBytesMax = 8 * 1024
    static let eventBytesMax = 32 * 1024
    static let stringBytesMax = 8 * 1024
    static let eventsMax = 500
    static let pageItemsMax = 200
    static let pageItemsDefault = 50
    static let connectionsMax = 1_024
    static let bodySecondsMax: Int64 = 30
    static let uploadSecondsMax: Int64 = 900
    /// A peer that takes nothing of what waits for it this long is cut, so that it holds no more than a socket does.
    static let slowReaderTimeout = TimeAmount.seconds(20)
    /// What is left of a body when its request is answered may still come this long: who sends it wants to read the answer.
    static let unwantedBodyTimeout = TimeAmount.seconds(5)
    /// Longer than a body may take, so that a silent one is told 408 before its connection is cut.
    static let idleTimeout = TimeAmount.seconds(bodySecondsMax + 5)
    /// The parser cuts the connection here; below it, what is too much gets a proper 431.
    static let headerBytesParsed = 64 * 1024
    static let headerFieldsParsed = 400
}
