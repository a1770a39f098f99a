import Foundation
import TenureCore
import TenureRuntime

/// What a script or a person needs to go on: the address, the keys and a way in.
struct Announcement {
    struct Entry {
        var slug: String
        var writeKey: String
        var apiKey: String
    }

    var url: String
    var workspaces: [Entry]
    /// A way in for the owner; nil while there is no workspace.
    var signIn: String?
    /// A way to the first workspace; nil where there is one.
    var setUp: String?

    var json: JSON {
        [
            "url": .string(url),
            "workspaces": .array(
                workspaces.map {
                    ["slug": .string($0.slug), "write_key": .string($0.writeKey), "api_key": .string($0.apiKey)]
                }), "sign_in": signIn.map { .string($0) } ?? .null,
            "set_up": setUp.map { .string($0) } ?? .null,
        ]
    }

    func words(keys: String) -> String {
        let way =
            setUp.map { "  Set up    \($0)\n            Works once, within an hour; it leads to your first workspace." }
            ?? "  Open      \(signIn ?? url)\n  API       \(url)/api/v1/accounts\n  Keys      \(keys)"
        return "\nTenure is ready.\n\n\(way)\n\nStop with Ctrl-C."
    }

    /// Keys survive in a file that only the owner can read, so that the next start can print them again.
    static func path(_ directory: String) -> String { directory + "/keys.json" }

    /// Makes keys for workspaces that have none yet, and a fresh sign-in link, or one to set up.
    static func make(_ deployment: Deployment, url: String) async throws -> Announcement {
        let known = read(deployment.directory)
        var entries: [Entry] = []
        let workspaces = deployment.house.workspaces
        for workspace in workspaces { entries.append(try await entry(workspace, known, deployment)) }
        let first = workspaces.first { $0.id == "starter" } ?? workspaces.first
        let announcement = Announcement(
            url: url, workspaces: entries,
            signIn: first.map { deployment.house.makeLink(teammate: Teammate.ownerID, in: $0.id) },
            setUp: first == nil ? "\(deployment.house.url)/set-up/\(deployment.house.founding.makeToken())" : nil)
        // On a full disk the file of the last start stays: its keys are the same, and the link is printed.
        if !deployment.house.isFull { try announcement.write(deployment.directory) }
        return announcement
    }

    /// Of a workspace that was made while the process serves.
    static func addKeys(of workspace: Workspace, _ deployment: Deployment) async throws {
        let known = read(deployment.directory)
        let others = known.values.filter { $0.slug != workspace.id.text }.sorted { $0.slug < $1.slug }
        let added = try await entry(workspace, known, deployment)
        try Announcement(url: deployment.house.url, workspaces: others + [added]).write(deployment.directory)
    }

    /// Of workspaces that are gone.
    static func dropKeys(of slugs: Set<String>, in directory: String) throws {
        guard let url = url(directory) else { return }
        let others = read(directory).values.filter { !slugs.contains($0.slug) }.sorted { $0.slug < $1.slug }
        try Announcement(url: url, workspaces: others).write(directory)
    }

    /// The keys that the file has, while they open something; else new ones.
    private static func entry(
        _ workspace: Workspace, _ known: [String: Entry], _ deployment: Deployment
    ) async throws -> Entry {
        if let entry = known[workspace.id.text], deployment.house.open(entry.apiKey, .api) != nil { return entry }
        return Entry(
            slug: workspace.id.text, writeKey: try await deployment.house.makeKey(.write, source: "default", in: workspace),
            apiKey: try await deployment.house.makeKey(.api, source: "default", in: workspace))
    }

    /// In one step, so that no crash and no full disk costs the keys: the store has only their hashes.
    private func write(_ directory: String) throws {
        let path = Self.path(directory)
        do {
            try Data(json.bytes).write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw Failure(code: "cannot-write", what: "\(path) cannot be written.", remedy: "Check permissions and space.")
        }
    }

    static func read(_ directory: String) -> [String: Entry] {
        guard let data = FileManager.default.contents(atPath: path(directory)),
            case .success(let json) = JSONReader.read(Array(data))
        else { return [:] }
        var entries: [String: Entry] = [:]
        for workspace in json.object?["workspaces"]?.array ?? [] {
            guard let slug = workspace.object?["slug"]?.string, let write = workspace.object?["write_key"]?.string,
                let api = workspace.object?["api_key"]?.string
            else { continue }
            entries[slug] = Entry(slug: slug, writeKey: write, apiKey: api)
        }
        return entries
    }

    /// The URL that the process owning the directory serves; nil when none ever did.
    static func url(_ directory: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path(directory)),
            case .success(let json) = JSONReader.read(Array(data))
        else { return nil }
        return json.object?["url"]?.string
    }
}
