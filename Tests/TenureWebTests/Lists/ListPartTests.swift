import TenureCore
import TenureRuntime
import Testing

@testable import TenureWeb

/// Lists in memory, cut into pages.
@Suite struct ListPartTests {
    private func name(_ question: String = "q") -> ListName {
        ListName(list: "l", question: question, keys: WorkspaceKeys(secret: Array(repeating: 7, count: 32), workspace: "w"))
    }

    private func place(_ number: Int) -> ListPlace {
        // Every seventh is unknown, and of each number there are several.
        ListPlace(number: number % 7 == 0 ? nil : Int64(number % 5), id: String(number))
    }

    /// Every page, as somebody who follows the links gets them.
    private func pages(of items: [Int], limit: Int) throws -> [ListPart<Int>] {
        var parts = [try ListPart(items, name(), cursor: nil, limit: limit) { place($0) }]
        while let next = parts.last?.next { parts.append(try ListPart(items, name(), cursor: next, limit: limit) { place($0) }) }
        return parts
    }

    @Test(arguments: [1, 3, 10, 99, 100, 1_000])
    func `pages have every item once, in order, and say how many there are`(limit: Int) throws {
        let items = (0..<100).map { ($0 * 37) % 100 }
        let parts = try pages(of: items, limit: limit)
        #expect(parts.flatMap(\.items) == items.sorted { place($0) < place($1) })
        #expect(parts.allSatisfy { $0.total == 100 && $0.items.count <= limit })
        #expect(parts.map(\.before) == parts.indices.map { $0 * limit })
    }

    @Test func `a page goes on behind the item that was last, whatever came in before it`() throws {
        let first = try ListPart([2, 4, 6, 8], name(), cursor: nil, limit: 2) { ListPlace(number: Int64($0), id: "") }
        let second = try ListPart([1, 2, 3, 4, 6, 8], name(), cursor: first.next, limit: 2) { ListPlace(number: Int64($0), id: "") }
        #expect(first.items == [2, 4] && second.items == [6, 8] && second.before == 4 && second.next == nil)
    }

    @Test func `a cursor of another list or another question is refused`() throws {
        let first = try ListPart([1, 2], name(), cursor: nil, limit: 1) { place($0) }
        #expect(throws: Problem.self) { try ListPart([1, 2], name("other"), cursor: first.next, limit: 1) { place($0) } }
        #expect(throws: Problem.self) { try ListPart([1, 2], name(), cursor: "x", limit: 1) { place($0) } }
    }

    @Test func `the links say which part is shown, and a list on one page has none`() throws {
        let parts = try pages(of: Array(0..<25), limit: 10)
        let links = parts.map { PageLinks($0, "account", "accounts") { $0 == nil ? "/all" : "/more" } }
        #expect(links.map { $0?.summary } == ["1 to 10 of 25 accounts", "11 to 20 of 25 accounts", "21 to 25 of 25 accounts"])
        #expect(links.map { $0?.next } == ["/more", "/more", nil] && links[0]?.home == "/all")
        #expect(try PageLinks(ListPart([1], name(), cursor: nil) { place($0) }, "account", "accounts", link: { _ in "" }) == nil)
    }
}
