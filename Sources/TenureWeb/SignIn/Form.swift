import HTTPTypes
import TenureRuntime

/// A form that a page of ours sent.
enum Form {
    static let tokenName = "form_token"

    static var refusal: Problem {
        Problem(.csrf, "The form did not come from a page of this site; open the page again.")
    }

    static func read(_ call: Call) async throws -> NamedTexts {
        try checkOrigin(call)
        guard call.mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, "A form is sent as application/x-www-form-urlencoded.")
        }
        let bytes = try await call.incoming.body(WebLimits.formBytesMax)
        return try NamedTexts(encoded: String(decoding: bytes, as: UTF8.self)[...])
    }

    /// Fetch metadata where the browser sends it, else the origin.
    static func checkOrigin(_ call: Call) throws {
        if let site = call.fields[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw refusal }
            return
        }
        guard let origin = call.fields[.origin] else { return }
        guard origin == call.house.url || isOwnHost(origin, call) else { throw refusal }
    }

    /// An address of this machine may be reached by several names.
    private static func isOwnHost(_ origin: String, _ call: Call) -> Bool {
        guard let host = call.incoming.authority, let start = origin.firstRange(of: "://") else {
            return false
        }
        return origin[start.upperBound...] == host
    }
}

extension NamedTexts {
    /// The page of this site that the form stood on, where it says so.
    var back: String? {
        filled("back").flatMap { path in
            let isOurs = path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x5C && $0 < 0x7F }
            return isOurs ? path : nil
        }
    }
}
