extension Array {
    /// In an array in which some elements come first and all others behind them: the place of the first other one, or the
    /// end.
    func bisected(_ comesFirst: (Element) -> Bool) -> Int {
        // By the span, which lends its elements instead of copying them: `firstPlace` would retain what it looks at.
        let elements = span
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if comesFirst(elements[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
