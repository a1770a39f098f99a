extension Range<Int> {
    /// The first place at which something holds that holds at all later ones too; the end, where it holds nowhere.
    @inlinable public func firstPlace(where holds: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
