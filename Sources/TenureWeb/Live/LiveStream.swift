import TenureCore
import TenureRuntime

/// Tells one open page how its part is now, whenever that changed: server-sent events. A page that was away is told how
/// things are, so nothing is kept for it.
struct LiveStream: Sendable {
    let house: House
    let cookie: String
    let workspace: Workspace
    let part: LivePart
    let listener: Listener
    /// As of which commit the page knows its part; nil: as of none.
    let known: UInt64?

    /// A silent connection is told this often that it is one.
    private static let beat = Duration.seconds(15)
    /// Between two looks: many commits make one.
    private static let pause = Duration.milliseconds(250)

    @concurrent func run(_ write: @concurrent (String) async throws -> Void) async throws {
        defer { listener.leave() }
        try await write("retry: 3000\n\n")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await beat() }
            defer { group.cancelAll() }
            try await follow(write)
        }
    }

    private func beat() async throws {
        while true {
            try await Task.sleep(for: Self.beat)
            listener.wake()
        }
    }

    @concurrent private func follow(_ write: @concurrent (String) async throws -> Void) async throws {
        var told = try await now()
        // Drawn as the page knows it, where nothing was committed since.
        if known != workspace.position { try await write(Self.event(told.text, told.position)) }
        for await _ in listener.wakes {
            guard house.session(cookie)?.workspace.id == workspace.id else { return }
            guard listener.takeNews() else {
                try await write(": still here\n\n")
                continue
            }
            let next = try await now()
            if !isSame(next.text, told.text) { try await write(Self.event(next.text, next.position)) }
            told = next
            try await Task.sleep(for: Self.pause)
        }
    }

    /// What the part says, at least as of the position.
    private func now() async throws -> (text: String, position: UInt64) {
        let position = workspace.position
        return (try await listener.text(asOf: position) { [part, workspace] in try await part.text(workspace) }, position)
    }

    /// No line of the text can end the event or begin another.
    static func event(_ text: String, _ position: UInt64) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return "event: part\nid: \(position)\n" + lines.map { "data: \($0)\n" }.joined() + "\n"
    }
}
