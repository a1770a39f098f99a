import TenureCore
import TenureInsight
import TenureRuntime

/// A list by its name, and the question that it answers: a cursor belongs to both.
struct ListName: Sendable {
    let list: String
    let question: String
    let keys: WorkspaceKeys

    /// The place in a cursor; nil: it was not given.
    func place(_ cursor: String?) throws -> ListPlace? {
        guard let cursor else { return nil }
        guard let place = ListPlace(words: try Cursor.open(cursor, list: list, query: question, keys)) else { throw Cursor.refusal }
        return place
    }

    func cursor(_ place: ListPlace) -> String { Cursor.make(place.words, list: list, query: question, keys) }
}

/// A page cut out of a list in memory: only what is shown is put in order.
struct ListPart<Item> {
    let items: [Item]
    /// On all pages.
    let total: Int
    /// How many stand before the first one.
    let before: Int
    /// nil on the last page.
    let next: String?

    static var itemsStandard: Int { 100 }

    /// - Parameter place: by which the list is ordered; of two items never the same.
    init(
        _ all: some Collection<Item>, _ name: ListName, cursor: String?, limit: Int = itemsStandard, place: (Item) -> ListPlace
    ) throws {
        let start = try name.place(cursor)
        let placed = all.map { (item: $0, place: place($0)) }
        let rest = start.map { start in placed.filter { start < $0.place } } ?? placed
        let shown = limit < rest.count ? rest.least(limit) { $0.place < $1.place } : rest.sorted { $0.place < $1.place }
        items = shown.map(\.item)
        total = all.count
        before = all.count - rest.count
        next = shown.count < rest.count ? shown.last.map { name.cursor($0.place) } : nil
    }

    /// Of very many items of accounts, of which only those that are shown are made.
    ///
    /// - Parameters:
    ///   - start: where a cursor's place is among the items.
    ///   - place: an item's, for a cursor.
    init(
        _ all: [Placed], _ name: ListName, cursor: String?, limit: Int = itemsStandard, start: (ListPlace) -> Placed,
        place: (Item) -> ListPlace, item: (Placed) -> Item
    ) throws {
        let rest = try name.place(cursor).map { all.after(start($0)) } ?? all
        items = rest.first(limit).map(item)
        total = all.count
        before = all.count - rest.count
        next = items.count < rest.count ? items.last.map { name.cursor(place($0)) } : nil
    }

    private init(items: [Item], total: Int, before: Int, next: String?) {
        (self.items, self.total, self.before, self.next) = (items, total, before, next)
    }

    func map<Other>(_ transform: (Item) throws -> Other) rethrows -> ListPart<Other> {
        ListPart<Other>(items: try items.map(transform), total: total, before: before, next: next)
    }
}

extension ListPart: Sendable where Item: Sendable {}

/// Which part of a list a page shows, and the way on; nil where all of it is there.
struct PageLinks {
    /// `101 to 200 of 3,412 accounts`.
    let summary: String
    /// The list from its beginning.
    let home: String
    let next: String?

    /// - Parameter link: the list's address with a cursor, or without one.
    init?<Item>(_ part: ListPart<Item>, _ one: String, _ many: String, link: (_ cursor: String?) -> String) {
        guard part.items.count < part.total else { return nil }
        let (first, last) = (Wording.count(part.before + 1), Wording.count(part.before + part.items.count))
        summary = "\(first) to \(last) of \(Wording.plural(part.total, one, many))"
        home = link(nil)
        next = part.next.map { link($0) }
    }

    init(summary: String, home: String, next: String?) {
        self.summary = summary
        self.home = home
        self.next = next
    }
}
