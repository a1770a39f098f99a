import TenureCore

/// A place of the navigation.
struct Room {
    let title: String
    let path: String
    /// Value of `aria-current`: `page` on it, `true` on a page below it; nil elsewhere.
    let here: String?

    /// In the order of the navigation. A new room is one line; `below` has the paths whose pages belong to it besides.
    private static let places: [(title: String, path: String, below: [String])] = [
        ("Overview", Links.home, []),
        ("Today", Links.today, []),
        ("Accounts", Links.accounts, []),
        ("Portfolio", Links.portfolio, []),
        ("Signals", Links.signals, []),
        ("Outbox", Links.outbox, [Links.sending]),
        ("Data", Links.data, []),
        ("Settings", Links.settings, [Links.newWorkspace]),
    ]

    static func all(at path: String) -> [Room] {
        places.map { place in
            Room(title: place.title, path: place.path, here: here(place.path, place.below, at: path))
        }
    }

    private static func here(_ own: String, _ below: [String], at path: String) -> String? {
        if isSame(own, path) { return "page" }
        // Every path is below the start page.
        let roots = (own == Links.home ? [] : [own]) + below
        return roots.contains { path.hasPrefix($0 + "/") } ? "true" : nil
    }
}
