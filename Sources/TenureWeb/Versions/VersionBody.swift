import TenureCore

/// What the calls about versions take:
/// `{"files": [{"path", "text"}], "since", "by", "reason", "to", "digest", "refuse"}`.
struct VersionBody {
    let object: JSONObject

    private static let filesMax = 2000

    init(_ api: APICall) async throws {
        var limits = JSONReader.Limits()
        limits.stringBytes = 256 * 1024
        guard let object = try await api.call.json(limits).0.object else {
            throw Problem(.validationFailed, "The body must be an object.")
        }
        self.object = object
    }

    func files() throws -> [(path: String, text: String)] {
        guard let items = object["files"]?.array, items.count <= Self.filesMax else {
            throw Problem(.validationFailed, "files is a list of at most \(Self.filesMax) files: {\"path\", \"text\"}.")
        }
        return try items.map { item in
            guard let path = item.object?["path"]?.string, let text = item.object?["text"]?.string else {
                throw Problem(.validationFailed, "Each file has a path and a text.")
            }
            return (path, text)
        }
    }

    func text(_ name: String) throws -> String {
        guard let text = object[name]?.string, !text.isEmpty, text.utf8.count <= 500 else {
            throw Problem(.validationFailed, "\(name) is a text of 1 to 500 bytes: it is kept with the version.")
        }
        return text
    }

    /// A text that may be left out.
    func words(_ name: String) throws -> String { object[name] == nil ? "" : try text(name) }

    /// How the digest of the proposal that is meant begins; nil: whichever waits.
    func digest() throws -> String? {
        guard let value = object["digest"] else { return nil }
        guard let text = value.string, (8...64).contains(text.utf8.count) else {
            throw Problem(.validationFailed, "digest is that of the proposal, or its first 8 characters or more.")
        }
        return text
    }

    func flag(_ name: String) throws -> Bool {
        guard let value = object[name] else { return false }
        guard let flag = value.bool else { throw Problem(.validationFailed, "\(name) is true or false.") }
        return flag
    }

    /// A day; without one, the last quarter.
    func since(_ now: Instant) throws -> Instant {
        guard let text = object["since"]?.string else { return now + -91 * Milliseconds.day }
        guard let day = Day(text: text) else {
            throw Problem(.validationFailed, "since is a day such as 2026-03-09.")
        }
        return ZoneRules.utc.instant(day: day)
    }
}
