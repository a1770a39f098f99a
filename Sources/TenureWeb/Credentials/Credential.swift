import HTTPTypes
import TenureCore
import TenureRuntime

/// A secret as a client sends it: Bearer, or Basic with the secret as user name (as Segment's clients do).
enum Credential {
    /// nil when there is none; two fields or another scheme are problems.
    static func secret(_ call: Call) throws -> String? {
        guard let field = try call.only(.authorization) else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { throw unauthenticated }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic": return try basicUser(parts[1])
        default: throw unauthenticated
        }
    }

    private static func basicUser(_ text: Substring) throws -> String {
        guard let bytes = Base64.decode(text), let pair = String(validating: bytes, as: UTF8.self) else {
            throw unauthenticated
        }
        return String(pair.prefix { $0 != ":" })
    }

    static var unauthenticated: Problem {
        Problem(.unauthenticated, "Send a key of this workspace as Bearer token or as Basic user name.")
    }
}

extension Call {
    /// The workspace behind a write key.
    func sender(bodyKey: String? = nil) throws -> (workspace: Workspace, key: AccessKey) {
        guard let secret = try Credential.secret(self) ?? bodyKey, let opened = house.open(secret, .write)
        else {
            throw Credential.unauthenticated
        }
        return opened
    }

    /// The workspace behind an API key.
    func client() throws -> (workspace: Workspace, key: AccessKey) {
        guard let secret = try Credential.secret(self), let opened = house.open(secret, .api) else {
            throw Credential.unauthenticated
        }
        return opened
    }
}
