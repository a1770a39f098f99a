import TenureCore
import TenureRuntime

/// Saving the list as it is, and removing what was saved.
enum ViewPages {
    static let routes: [Route] = [
        .form(Links.views) { call, visitor, fields in
            let query = try AccountQuery(NamedTexts(encoded: (fields["query"] ?? "")[...]), visitor.workspace)
            do {
                let view = try await view(fields, query, visitor)
                try await SavedViews(workspace: visitor.workspace).keep(view)
                return .seeOther(query.link(Links.accounts))
            } catch let problem as Problem where problem.code == .validationFailed {
                let returned = ReturnedForm(action: Links.views, typed: fields, problem: problem)
                return try await AccountPages.list(call, visitor, query, returned: returned)
            }
        },
        .form("/views/{id}/removal") { call, visitor, _ in
            let views = SavedViews(workspace: visitor.workspace)
            let mine = try await views.all(for: visitor.session.teammate)
            guard mine.contains(where: { isSame($0.id, call["id"]) && isSame($0.by, visitor.session.teammate) }) else {
                throw Problem(.notFound, "There is no view of this name of yours.")
            }
            try await views.remove(call["id"])
            return .seeOther(Links.accounts)
        },
    ]

    /// A name that one has already is given to the new list.
    private static func view(_ fields: NamedTexts, _ query: AccountQuery, _ visitor: Visitor) async throws -> SavedView {
        let (workspace, teammate) = (visitor.workspace, visitor.session.teammate)
        let name = fields.filled("name") ?? ""
        guard !name.isEmpty, name.utf8.count <= SavedView.nameBytesMax else {
            throw Problem(.validationFailed, "A view has a name of 1 to \(SavedView.nameBytesMax) bytes.")
        }
        let own = try await SavedViews(workspace: workspace).all(for: teammate).filter { isSame($0.by, teammate) }
        guard own.count < SavedView.countMax || own.contains(where: { isSame($0.name, name) }) else {
            throw Problem(.validationFailed, "A teammate has at most \(SavedView.countMax) views; remove one first.")
        }
        return SavedView(
            id: workspace.keys.name("view", "\(teammate)\0\(name)"), name: name, by: teammate,
            isShared: fields.filled("shared") != nil, query: query.text)
    }
}
