import Synchronization
package import TenureCore
import TenureStore

/// Everything that one process serves: the workspaces, and who may enter which.
package final class House: Sendable {
    private let state: Mutex<State>
    package let clock: @Sendable () -> Instant
    /// How more workspaces come about.
    package let founding: Founding
    /// Files that people bring; nil: nobody may bring any.
    package let imports: ImportDesk?
    /// Pages that are open and hear of news.
    package let listeners = Listeners()
    package let share = FairShare()
    /// For who comes without a key or a session that is known.
    package let strangers: Lane

    private struct State: Sendable {
        var url: String
        var workspaces: [Workspace] = []
        /// By the hash of the secret.
        var keys: [String: KeyEntry] = [:]
        /// One-time links, by the hash of their token.
        var links: [String: (workspace: WorkspaceID, teammate: String, expires: Instant)] = [:]
        var sessions: [String: Session] = [:]
        var isReady = false
    }

    private struct KeyEntry: Sendable {
        var workspace: WorkspaceID
        var key: AccessKey
        /// Whether it was used since that was last written down.
        var wasUsed = false
    }

    package struct Session: Hashable, Sendable {
        package var workspace: WorkspaceID
        package var teammate: String
        package var expires: Instant
        /// Sent with every form; another site does not know it.
        package var formToken: String
    }

    /// - Parameter uploads: the folder for files that people bring.
    package init(url: String, uploads: String? = nil, clock: @escaping @Sendable () -> Instant) {
        self.clock = clock
        imports = uploads.map { ImportDesk(folder: $0, clock: clock) }
        founding = Founding(clock: clock)
        strangers = share.makeLane()
        state = Mutex(State(url: url))
    }

    /// Where people reach the product, without a slash at the end.
    package var url: String { state.withLock { $0.url } }
    /// Once the port is known that the system chose.
    package func move(to url: String) { state.withLock { $0.url = url } }

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
                if let key = AccessKey(text: text) {
                    state.keys[String(name.dropFirst(4))] = KeyEntry(workspace: workspace.id, key: key)
                }
            }
            for (name, text) in sessions {
                if let session = Session(text: text, workspace: workspace.id) {
                    state.sessions[String(name.dropFirst(8))] = session
                }
            }
        }
    }
}

extension House {
    /// From here on no key and no session opens it. False: somebody else has removed it.
    package func remove(_ workspace: Workspace) -> Bool {
        let (isKnown, ended) = state.withLock { state -> (Bool, [String]) in
            let isKnown = state.workspaces.contains { $0.id == workspace.id }
            state.workspaces.removeAll { $0.id == workspace.id }
            state.keys = state.keys.filter { $0.value.workspace != workspace.id }
            state.links = state.links.filter { $0.value.workspace != workspace.id }
            let ended = state.sessions.filter { $0.value.workspace == workspace.id }.map(\.key)
            for hash in ended { state.sessions[hash] = nil }
            return (isKnown, ended)
        }
        for hash in ended { listeners.end(session: hash) }
        return isKnown
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
        state.withLock { $0.keys[hash] = KeyEntry(workspace: workspace.id, key: key) }
        return secret
    }

    /// From here on it opens nothing; what is known of it stays.
    package func revokeKey(_ hash: String, in workspace: Workspace) async throws -> Bool {
        let key = state.withLock { state -> AccessKey? in
            guard state.keys[hash]?.workspace == workspace.id else { return nil }
            state.keys[hash]?.key.isRevoked = true
            return state.keys[hash]?.key
        }
        guard let key else { return false }
        try await workspace.write { $0.settings.append((name: "key:" + hash, value: key.text)) }
        return true
    }

    /// Of a workspace, oldest first.
    package func keys(of workspace: WorkspaceID) -> [(hash: String, key: AccessKey)] {
        let found = state.withLock { $0.keys.filter { $0.value.workspace == workspace }.map { ($0.key, $0.value.key) } }
        return found.sorted { ($0.1.created, $0.0) < ($1.1.created, $1.0) }.map { (hash: $0.0, key: $0.1) }
    }

    /// Writes down when keys were used last, for the next start.
    package func keepKeyUses(of workspace: Workspace) async throws {
        let used = state.withLock { state -> [(String, AccessKey)] in
            let hashes = state.keys.filter { $0.value.workspace == workspace.id && $0.value.wasUsed }.map(\.key)
            for hash in hashes { state.keys[hash]?.wasUsed = false }
            return hashes.compactMap { hash in state.keys[hash].map { (hash, $0.key) } }
        }
        guard !used.isEmpty else { return }
        try await workspace.write { $0.settings += used.map { (name: "key:" + $0.0, value: $0.1.text) } }
    }

    /// Where the work for a secret is done, before anybody has looked what it opens.
    package func lane(ofSecret secret: String) -> Lane? {
        let entry = state.withLock { $0.keys[AccessKey.hash(secret)] }
        return entry.flatMap { workspace($0.workspace)?.lane }
    }

    /// The workspace that a secret opens; nil for unknown and for revoked ones alike.
    package func open(_ secret: String, _ kind: AccessKey.Kind) -> (workspace: Workspace, key: AccessKey)? {
        let (hash, now) = (AccessKey.hash(secret), clock())
        let entry = state.withLock { state -> KeyEntry? in
            guard let entry = state.keys[hash], entry.key.kind == kind, !entry.key.isRevoked else { return nil }
            state.keys[hash]?.key.lastUsed = now
            state.keys[hash]?.wasUsed = true
            return entry
        }
        guard let entry, let workspace = workspace(entry.workspace) else { return nil }
        return (workspace, entry.key)
    }
}

// MARK: - People

extension House {
    package static let linkMilliseconds: Int64 = 24 * Milliseconds.hour
    package static let sessionMilliseconds: Int64 = 12 * Milliseconds.hour

    /// A link that signs in once, by the button on its page; older ones of the same person are void.
    package func makeLink(teammate: String, in workspace: WorkspaceID) -> String {
        let token = AccessKey.makeSecret(.api)
        let expires = clock() + Self.linkMilliseconds
        state.withLock { state in
            state.links = state.links.filter { $0.value.workspace != workspace || $0.value.teammate != teammate }
            state.links[AccessKey.hash(token)] = (workspace, teammate, expires)
        }
        return "\(url)/sign-in/\(token)"
    }

    /// Ends what somebody has open in a workspace, and their links to it.
    package func shutOut(_ teammate: String, of workspace: Workspace) async throws {
        let ended = state.withLock { state -> [String] in
            state.links = state.links.filter { $0.value.workspace != workspace.id || $0.value.teammate != teammate }
            let theirs = state.sessions.filter { $0.value.workspace == workspace.id && $0.value.teammate == teammate }.map(\.key)
            for hash in theirs { state.sessions[hash] = nil }
            return theirs
        }
        for hash in ended { listeners.end(session: hash) }
        try await workspace.write { $0.settings += ended.map { (name: "session:" + $0, value: nil) } }
    }

    /// Whether the link would still work; looking does not use it up.
    package func isValid(link token: String) -> Bool {
        let link = state.withLock { $0.links[AccessKey.hash(token)] }
        return link.map { Self.holds(until: $0.expires, of: Self.linkMilliseconds, at: clock()) } ?? false
    }

    /// Uses a link up; the cookie's value, or nil.
    package func signIn(link token: String) async throws -> String? {
        let now = clock()
        guard let link = state.withLock({ $0.links.removeValue(forKey: AccessKey.hash(token)) }),
            Self.holds(until: link.expires, of: Self.linkMilliseconds, at: now), let workspace = workspace(link.workspace)
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

    /// Where somebody listens for as long as the session lasts.
    package func listen(to topic: LiveTopic, in workspace: Workspace, cookie: String) throws -> Listener {
        try listeners.listen(to: topic, in: workspace, session: AccessKey.hash(cookie))
    }

    package func session(_ cookie: String) -> (session: Session, workspace: Workspace)? {
        let session = state.withLock { $0.sessions[AccessKey.hash(cookie)] }
        guard let session, Self.holds(session, at: clock()), let workspace = workspace(session.workspace) else { return nil }
        return (session, workspace)
    }

    /// The demo's switch: the same person, another workspace.
    package func move(_ cookie: String, to workspace: Workspace) async throws -> Bool {
        let hash = AccessKey.hash(cookie)
        guard var session = state.withLock({ $0.sessions[hash] }), Self.holds(session, at: clock()) else { return false }
        let former = self.workspace(session.workspace)
        session.workspace = workspace.id
        let moved = session
        try await workspace.write { $0.settings.append((name: "session:" + hash, value: moved.text)) }
        state.withLock { $0.sessions[hash] = moved }
        listeners.end(session: hash)
        // Else a start would find it there after its owner has signed out.
        if former?.id != workspace.id {
            try await former?.write { $0.settings.append((name: "session:" + hash, value: nil)) }
        }
        return true
    }

    package func signOut(_ cookie: String) async throws {
        let hash = AccessKey.hash(cookie)
        guard let session = state.withLock({ $0.sessions.removeValue(forKey: hash) }) else { return }
        listeners.end(session: hash)
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
