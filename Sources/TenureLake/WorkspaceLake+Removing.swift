package import TenureCore
import TenureStore

extension WorkspaceLake {
    /// Takes whole days away that facts entered the log before; they do not come back. The log keeps them.
    ///
    /// - Returns: the days that went.
    package mutating func remove(before day: Day) throws -> [Day] {
        try change { $0.removedBefore = max($0.removedBefore ?? day, day) }
        return try finishRemoving()
    }

    @discardableResult
    func finishRemoving() throws -> [Day] {
        guard let before = notes.removedBefore else { return [] }
        let days = folder.days(slug).filter { $0 < before }
        for day in days {
            FaultPoint.lakeRemoving.reached()
            try folder.remove(slug, day)
        }
        return days
    }
}
