import TenureCore
import TenureEngine
import TenureRuntime
import TenureStore

/// A page of all accounts together: what it shows is the same for everybody, and is kept for whoever asks next.
protocol WholePage: Sendable {
    /// The visitor's own, put around what was kept.
    var shell: Shell { get set }
    /// Of when the numbers are; nil: of the last commit.
    var asOf: String? { get set }
}

extension WholePage {
    /// - Parameters:
    ///   - template: the page's; with the address it says what is asked.
    ///   - make: the page without anybody's shell. Blocks.
    static func answer(
        _ call: Call, _ visitor: Visitor, _ template: String, title: String,
        _ make: @escaping @Sendable (Shell, Workspace, any StateStore) throws -> Self
    ) async throws -> Answer {
        let view = try await visitor.workspace.wholeView("\(template) \(call.incoming.target)") { workspace, store in
            try make(Shell(title), workspace, store)
        }
        var page = view.value
        page.shell = try await Shell(title, visitor, call.house)
        page.asOf = view.asOf.map { Wording.instant($0, visitor.workspace.programme.defaultZoneRules) }
        return try Templates.page(template, page)
    }
}
