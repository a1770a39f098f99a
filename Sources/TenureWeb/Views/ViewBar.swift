import TenureCore

/// The saved views above the list of accounts, and the form that saves the list as it is.
struct ViewBar {
    let views: [View]
    let hasViews: Bool
    let action: String
    let query: String
    let name: String
    let problem: String?

    struct View {
        let name: String
        let link: String
        let isCurrent: Bool
        let isShared: Bool
        /// Address of the form that removes it; nil: it is somebody else's.
        let removal: String?
    }
}

extension ViewBar {
    /// - Parameter query: of the list that is shown.
    init(_ all: [SavedView], query: String, for teammate: String, returned: ReturnedForm?) {
        views = all.map { view in
            View(
                name: view.name, link: Links.accounts + (view.query.isEmpty ? "" : "?" + view.query),
                isCurrent: isSame(view.query, query), isShared: view.isShared,
                removal: isSame(view.by, teammate) ? Links.viewRemoval(view.id) : nil)
        }
        hasViews = !views.isEmpty
        action = Links.views
        self.query = query
        let returned = returned.flatMap { isSame($0.action, Links.views) ? $0 : nil }
        name = returned?.typed["name"] ?? ""
        problem = returned?.problem.detail
    }
}
