import HTTPTypes
import TenureCore
import TenureRuntime

/// The body of an intake request: its media type and its bytes, inflated when they came compressed.
struct IntakeBody: Sendable {
    let type: String
    let bytes: [UInt8]

    static func read(_ call: Call, types: [String]) async throws -> IntakeBody {
        guard let type = call.mediaType, types.contains(type) else {
            throw Problem(.unsupportedMediaType, "Send the body as " + types.joined(separator: ", ") + ".")
        }
        let isCompressed = try isGzip(call)
        let bytes = try await call.incoming.body(WebLimits.bodyBytesMax)
        return IntakeBody(type: type, bytes: isCompressed ? try inflated(bytes) : bytes)
    }

    private static func isGzip(_ call: Call) throws -> Bool {
        switch try call.only(.contentEncoding)?.lowercased() {
        case nil, "identity", "": return false
        case "gzip": return true
        case .some: throw Problem(.unsupportedEncoding, "A body is sent as it is, or with gzip once.")
        }
    }

    private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
        do throws(Inflate.Refusal) {
            return try Inflate.gunzip(bytes, bytesMax: inflatedMax(bytes.count))
        } catch {
            switch error {
            case .malformed: throw Problem(.malformedRequest, "The body is not a gzip stream.")
            case .tooLarge: throw Problem(.bodyTooLarge, "The body inflates to more than 8 MiB, or a hundredfold.")
            }
        }
    }

    /// Bytes that a compressed body of `count` bytes may become.
    private static func inflatedMax(_ count: Int) -> Int {
        min(WebLimits.inflatedBytesMax, max(WebLimits.inflatedBytesFree, count * WebLimits.inflatedRatioMax))
    }

    /// Texts of an item are measured one by one later, so that one long text does not refuse its neighbours.
    private static var limits: JSONReader.Limits {
        var limits = JSONReader.Limits()
        limits.stringBytes = WebLimits.inflatedBytesMax
        return limits
    }

    private func json() throws -> JSON {
        switch JSONReader.read(bytes, limits: Self.limits) {
        case .success(let value): return value
        case .failure(let refusal): throw Problem(refusal)
        }
    }

    func object() throws -> JSONObject {
        guard let object = try json().object else {
            throw Problem(.validationFailed, "The body must be an object.")
        }
        return object
    }

    /// One event, or a list of events.
    func items() throws -> [JSON] {
        switch try json() {
        case .object(let object): return [.object(object)]
        case .array(let items) where !items.isEmpty: return items
        case .array, .null, .bool, .int, .double, .string:
            throw Problem(.validationFailed, "The body must be an event or a list of events.")
        }
    }

    /// One event a line; a line that is no JSON is its own item's mistake. Empty lines count for nothing.
    func lines() throws -> [Result<JSON, IntakeRefusal>] {
        let lines = bytes.split(separator: 0x0A).filter { line in line.contains { $0 != 0x0D && $0 != 0x20 } }
        guard lines.count <= WebLimits.eventsMax else { throw IntakeBatch.tooLarge }
        return lines.map { line in
            JSONReader.read(Array(line), limits: Self.limits).mapError { refusal in
                IntakeRefusal(
                    code: refusal.reason.rawValue,
                    detail: "The line is not acceptable: \(refusal.reason.words).")
            }
        }
    }
}
