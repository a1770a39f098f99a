import HTTPTypes
import TenureCore
import TenureRuntime

/// A request on its way through a route: what it asks for and by which names.
struct Call: Sendable {
    let house: House
    let incoming: Incoming
    /// The path's segments as they were sent.
    let segments: [Substring]
    let rawQuery: Substring
    /// What stood where the route has `{name}`, decoded once.
    var parameters: [String: String] = [:]

    init(_ incoming: Incoming, house: House) {
        self.house = house
        self.incoming = incoming
        let parts = incoming.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false).dropFirst().map
        { $0 }
        rawQuery = parts.count > 1 ? parts[1] : ""
    }

    var fields: HTTPFields { incoming.fields }
    var method: HTTPRequest.Method { incoming.method }
    var path: String { "/" + segments.joined(separator: "/") }

    func query(allowing names: Set<String>) throws -> NamedTexts {
        try NamedTexts(encoded: rawQuery).allowing(names)
    }

    /// The parameter's value; a route that names it always has one.
    subscript(parameter: String) -> String { parameters[parameter] ?? "" }

    /// The only value of a field; several are a malformed request.
    func only(_ name: HTTPField.Name) throws -> String? {
        let values = fields[values: name]
        guard values.count <= 1 else {
            throw Problem(.malformedRequest, "There are two \(name.canonicalName) fields.")
        }
        return values.first
    }

    /// The first cookie of the name.
    func cookie(_ name: String) -> String? {
        for field in fields[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// Media type of the body without its parameters, in lower case.
    var mediaType: String? {
        fields[.contentType]?.split(separator: ";").first.map { part in
            String(part.filter { $0 != " " }).lowercased()
        }
    }

    /// A JSON body, at most 2 MiB of `application/json`.
    func json(_ limits: JSONReader.Limits = JSONReader.Limits()) async throws -> (JSON, bytes: [UInt8]) {
        guard mediaType == "application/json" else {
            throw Problem(.unsupportedMediaType, "Send the body as application/json.")
        }
        let bytes = try await incoming.body(WebLimits.bodyBytesMax)
        switch JSONReader.read(bytes, limits: limits) {
        case .success(let value): return (value, bytes)
        case .failure(let refusal): throw Problem(refusal)
        }
    }
}
