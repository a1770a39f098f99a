import TenureCore
import TenureRuntime
import TenureStore

/// A list of accounts under a name: its filter and its order. A teammate's own, or everybody's.
struct SavedView: Hashable, Sendable {
    let id: String
    let name: String
    /// The teammate who keeps it.
    let by: String
    let isShared: Bool
    /// As it stands behind the question mark of the list's address.
    let query: String

    static let nameBytesMax = 100
    /// Of one teammate.
    static let countMax = 100
}

extension SavedView {
    var text: String {
        JSON.object([
            "name": .string(name), "by": .string(by), "shared": .bool(isShared), "query": .string(query),
        ]).text
    }

    init?(id: String, text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text), let name = object["name"]?.string,
            let by = object["by"]?.string, let isShared = object["shared"]?.bool, let query = object["query"]?.string
        else { return nil }
        self.init(id: id, name: name, by: by, isShared: isShared, query: query)
    }
}

/// The views of a workspace: rows of its settings.
struct SavedViews: Sendable {
    let workspace: Workspace

    private static let prefix = "view:"

    /// Those that a teammate sees, by name.
    func all(for teammate: String) async throws -> [SavedView] {
        let rows = try await workspace.read { try $0.settings(prefix: Self.prefix) }
        let views = rows.compactMap { SavedView(id: String($0.name.dropFirst(Self.prefix.count)), text: $0.value) }
        return views.filter { $0.isShared || isSame($0.by, teammate) }.sorted {
            isSame($0.name, $1.name) ? precedes($0.id, $1.id) : precedes($0.name, $1.name)
        }
    }

    func keep(_ view: SavedView) async throws {
        try await workspace.write { $0.settings.append((name: Self.prefix + view.id, value: view.text)) }
    }

    func remove(_ id: String) async throws {
        try await workspace.write { $0.settings.append((name: Self.prefix + id, value: nil)) }
    }
}
