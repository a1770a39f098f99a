extension Array {
    /// In an array in which some elements come first and all others behind them: the place of the first other one, or the
    /// end.
    func bisected(_ comesFirst: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if comesFirst(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
