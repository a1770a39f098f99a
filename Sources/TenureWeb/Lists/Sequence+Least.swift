extension Sequence {
    /// The first so many in order, without putting the others in order.
    func least(_ count: Int, by isBefore: (Element, Element) -> Bool) -> [Element] {
        var taken: [Element] = []
        for element in self {
            guard let last = taken.last, isBefore(element, last) else {
                if taken.count < count { taken.append(element) }
                continue
            }
            taken.insert(element, at: taken.firstIndex { isBefore(element, $0) } ?? taken.endIndex)
            if taken.count > count { taken.removeLast() }
        }
        return taken
    }
}
