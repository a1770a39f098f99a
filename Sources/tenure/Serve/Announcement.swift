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
    var signIn: String

    var json: JSON {
        [
            "url": .string(url),
            "workspaces": .array(
                workspaces.map {
                    ["slug": .string($0.slug), "write_key": .string($0.writeKey), "api_key": .string($0.apiKey)]
                }), "sign_in": .string(signIn),
        ]
    }

    /// Keys survive in a file that only the owner can read, so that the next start can print them again.
    static func path(_ directory: String) -> String { directory + "/keys.json" }

    /// Makes keys for workspaces that have none yet, and a fresh sign-in link.
    static func make(_ deployment: Deployment, url: String) async throws -> Announcement {
        var known = read(deployment.directory)
        var entries: [Entry] = []
        for workspace in deployment.house.workspaces {
            let slug = workspace.id.text
            if let entry = known[slug], deployment.house.open(entry.apiKey, .api) != nil {
                entries.append(entry)
                continue
            }
            let entry = Entry(
                slug: slug, writeKey: try await deployment.house.makeKey(.write, source: "default", in: workspace),
                apiKey: try await deployment.house.makeKey(.api, source: "default", in: workspace))
            known[slug] = entry
            entries.append(entry)
        }
        let workspaces = deployment.house.workspaces
        let first = (workspaces.first { $0.id == "starter" } ?? workspaces.first)?.id ?? "none"
        let link = deployment.house.makeLink(teammate: "owner", in: first)
        let path = link.replacingOccurrences(of: deployment.house.url, with: url)
        let announcement = Announcement(url: url, workspaces: entries, signIn: path)
        // On a full disk the file of the last start stays: its keys are the same, and the link is printed.
        if !deployment.house.isFull { try announcement.write(deployment.directory) }
        return announcement
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
