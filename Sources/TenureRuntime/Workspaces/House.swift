import Synchronization
package import TenureCore
import TenureStore

/// Everything that one process serves: the workspaces, and who may enter which.
package final class House: Sendable {
    private let state: Mutex<State>
    package let clock: @Sendable () -> Instant
    /// Where people reach the product, without a slash at the end.
    package let url: String

    private struct State: Sendable {
        var workspaces: [Workspace] = []
        /// By the hash of the secret.
        var keys: [String: (workspace: WorkspaceID, key: AccessKey)] = [:]
        /// One-time links, by the hash of their token.
        var links: [String: (workspace: WorkspaceID, teammate: String, expires: Instant)] = [:]
        var sessions: [String: Session] = [:]
        var isReady = false
    }

    package struct Session: Hashable, Sendable {
        package var workspace: WorkspaceID
        package var teammate: String
        package var expires: Instant
        /// Sent with every form; another site does not know it.
        package var formToken: String
    }

    package init(url: String, clock: @escaping @Sendable () -> Instant) {
        self.url = url
        self.clock = clock
        state = Mutex(State())
    }

    /// Whether some workspace has no room to write.
    package var isFull: Bool { workspaces.contains(where: \.isFull) }
    package var isReady: Bool { state.withLock { $0.isReady } }
    package func markReady() { state.withLock { $0.isReady = true } }

    /// In the order in which they were added.
    package var workspaces: [Workspace] { state.withLock { $0.workspaces } }
    package func workspace(_ id: WorkspaceID) -> Workspace? { workspaces.first { $0.id == id } }

    /// Takes a workspace in with the keys that its store knows.
    package func add(_ workspace: Workspace) throws {
        let keys = try workspace.store.settings(prefix: "key:")
        let sessions = try workspace.store.settings(prefix: "session:")
        state.withLock { state in
            state.workspaces.append(workspace)
            for (name, text) in keys {
                if let key = AccessKey(text: text) { state.keys[String(name.dropFirst(4))] = (workspace.id, key) }
            }
            for (name, text) in sessions {
                if let session = Session(text: text, workspace: workspace.id) {
                    state.sessions[String(name.dropFirst(8))] = session
                }
            }
        }
    }
}

// MARK: - Keys

extension House {
    /// Makes a key; the secret is shown once and never stored.
    package func makeKey(_ kind: AccessKey.Kind, source: String, in workspace: Workspace) async throws -> String {
        let secret = AccessKey.makeSecret(kind)
        let key = AccessKey(kind: kind, source: source, created: clock())
        let hash = AccessKey.hash(secret)
        try await workspace.write { $0.settings.append((name: "key:" + hash, value: key.text)) }
        state.withLock { $0.keys[hash] = (workspace.id, key) }
        return secret
    }

    /// The workspace that a secret opens; nil for unknown and for revoked ones alike.
    package func open(_ secret: String, _ kind: AccessKey.Kind) -> (workspace: Workspace, key: AccessKey)? {
        let entry = state.withLock { $0.keys[AccessKey.hash(secret)] }
        guard let entry, entry.key.kind == kind, !entry.key.isRevoked, let workspace = workspace(entry.workspace) else {
            return nil
        }
        return (workspace, entry.key)
    }
}

// MARK: - People

extension House {
    package static let linkMilliseconds: Int64 = 24 * Milliseconds.hour
    package static let sessionMilliseconds: Int64 = 12 * Milliseconds.hour

    /// A link that signs in once, by the button on its page.
    package func makeLink(teammate: String, in workspace: WorkspaceID) -> String {
        let token = AccessKey.makeSecret(.api)
        let expires = clock() + Self.linkMilliseconds
        state.withLock { $0.links[AccessKey.hash(token)] = (workspace, teammate, expires) }
        return "\(url)/sign-in/\(token)"
    }

    /// Whether the link would still work; looking does not use it up.
    package func isValid(link token: String) -> Bool {
        let link = state.withLock { $0.links[AccessKey.hash(token)] }
        return link.map { clock() < $0.expires } ?? false
    }

    /// Uses a link up; the cookie's value, or nil.
    package func signIn(link token: String) async throws -> String? {
        let now = clock()
        guard let link = state.withLock({ $0.links.removeValue(forKey: AccessKey.hash(token)) }), now < link.expires,
            let workspace = workspace(link.workspace)
        else { return nil }
        return try await startSession(teammate: link.teammate, in: workspace)
    }

    package func startSession(teammate: String, in workspace: Workspace) async throws -> String {
        let secret = AccessKey.makeSecret(.api)
        let session = Session(
            workspace: workspace.id, teammate: teammate, expires: clock() + Self.sessionMilliseconds,
            formToken: AccessKey.makeSecret(.api))
        let hash = AccessKey.hash(secret)
        do {
            try await workspace.write { $0.settings.append((name: "session:" + hash, value: session.text)) }
        } catch WriterRefusal.storageFull {
            // People can read while the disk is full; their session then ends with the process.
        }
        state.withLock { $0.sessions[hash] = session }
        return secret
    }

    package func session(_ cookie: String) -> (session: Session, workspace: Workspace)? {
        let session = state.withLock { $0.sessions[AccessKey.hash(cookie)] }
        guard let session, clock() < session.expires, let workspace = workspace(session.workspace) else { return nil }
        return (session, workspace)
    }

    /// The demo's switch: the same person, another workspace.
    package func move(_ cookie: String, to workspace: Workspace) async throws -> Bool {
        let hash = AccessKey.hash(cookie)
        guard var session = state.withLock({ $0.sessions[hash] }), clock() < session.expires else { return false }
        session.workspace = workspace.id
        let moved = session
        try await workspace.write { $0.settings.append((name: "session:" + hash, value: moved.text)) }
        state.withLock { $0.sessions[hash] = moved }
        return true
    }

    package func signOut(_ cookie: String) async throws {
        let hash = AccessKey.hash(cookie)
        guard let session = state.withLock({ $0.sessions.removeValue(forKey: hash) }) else { return }
        try await workspace(session.workspace)?.write { $0.settings.append((name: "session:" + hash, value: nil)) }
    }
}

extension House.Session {
    var text: String {
        JSON.object([
            "teammate": .string(teammate), "expires": .string(expires.text), "form_token": .string(formToken),
        ]).text
    }

    init?(text: String, workspace: WorkspaceID) {
        guard case .success(.object(let object)) = JSONReader.read(text), let teammate = object["teammate"]?.string,
            let expires = object["expires"]?.string.flatMap({ try? Instant.parse(rfc3339: $0).get() }),
            let token = object["form_token"]?.string
        else { return nil }
        self.init(workspace: workspace, teammate: teammate, expires: expires, formToken: token)
    }
}
