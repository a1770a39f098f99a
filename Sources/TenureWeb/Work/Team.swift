import TenureCore
import TenureRuntime
import TenureStore

/// Who of the vendor's team may own accounts.
struct Team: Sendable {
    struct Member: Hashable, Sendable {
        /// As accounts name their owners: an e-mail address, or the id of who has none.
        let person: String
        let name: String
    }

    private let teammates: [Teammate]

    init(_ teammates: [Teammate]) { self.teammates = teammates }

    init(of workspace: Workspace) async throws {
        let prefix = Membership.setting("")
        let rows = try await workspace.read { try $0.settings(prefix: prefix) }
        self.init(rows.compactMap { Teammate(id: String($0.name.dropFirst(prefix.count)), text: $0.value) })
    }

    /// A person of a fact, by name where they are a teammate: accounts name some by id and some by address.
    func name(_ person: String) -> String {
        teammates.first { isSame($0.id, person) || !person.isEmpty && isSame($0.email, person) }?.name ?? person
    }

    /// Teammates, and people who own accounts without being one.
    func owners(besides others: [String]) -> [Member] {
        var seen: Set<String> = []
        let known = teammates.filter { !$0.isRevoked }.map { Member(person: $0.email.isEmpty ? $0.id : $0.email, name: $0.name) }
        let rest = others.filter { isSame(name($0), $0) }.map { Member(person: $0, name: $0) }
        return (known + rest).filter { seen.insert($0.person).inserted }.sorted { precedes($0.name, $1.name) }
    }
}
