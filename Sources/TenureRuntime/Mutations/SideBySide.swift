/// Does the work for each item, `width` at a time; the results are in the order of the items, and `tell` hears how many
/// there are.
package func sideBySide<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, tell: (Int) -> Void, _ work: @escaping @Sendable (Item) -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var found: [Result?] = Array(repeating: nil, count: items.count)
        var next = min(max(1, width), items.count)
        for index in 0..<next { group.addTask { (index, work(items[index])) } }
        var done = 0
        while let (index, result) = await group.next() {
            found[index] = result
            done += 1
            tell(done)
            guard next < items.count else { continue }
            let following = next
            group.addTask { (following, work(items[following])) }
            next += 1
        }
        return found.compactMap { $0 }
    }
}
