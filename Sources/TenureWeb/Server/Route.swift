import HTTPTypes

/// One method and path, and what answers it.
struct Route: Sendable {
    /// Whom the answers are for: it decides how a problem looks and which headers go along.
    enum Audience: Sendable { case program, person }

    let method: HTTPRequest.Method
    let audience: Audience
    let pattern: [PathPart]
    let handle: @Sendable (Call) async throws -> Answer

    /// - Parameter path: `/accounts/{id}`; a part in braces takes any one segment.
    init(
        _ method: HTTPRequest.Method, _ path: String, for audience: Audience = .program,
        _ handle: @escaping @Sendable (Call) async throws -> Answer
    ) {
        self.method = method
        self.audience = audience
        pattern = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            PathPart($0)
        }
        self.handle = handle
    }

    /// The parameters when the path is this route's; nil otherwise.
    func match(_ segments: [Substring]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            switch part {
            case .literal(let text):
                guard segment == text else { return nil }
            case .parameter(let name):
                guard let value = PercentCoding.decode(segment), !value.isEmpty else { return nil }
                parameters[name] = value
            }
        }
        return parameters
    }
}

/// A segment of a route's path.
enum PathPart: Hashable, Sendable {
    case literal(String)
    case parameter(String)

    init(_ text: Substring) {
        self = text.hasPrefix("{") ? .parameter(String(text.dropFirst().dropLast())) : .literal(String(text))
    }
}
