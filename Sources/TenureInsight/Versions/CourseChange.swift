package import TenureCore
package import TenureEngine

/// One account's time as it was recorded beside the same time under another version.
package struct CourseChange: Sendable {
    package let account: AccountID
    package let recorded: Course
    package let replayed: Course
    /// Days with a score on either side that is not the same.
    package let daysChanged: Int
    /// The largest difference of a day's score, with its sign; 0 where none was known on both sides.
    package let largestMove: Int

    package init(_ account: AccountID, recorded: Course, replayed: Course) {
        self.account = account
        self.recorded = recorded
        self.replayed = replayed
        var changed = 0, largest = 0
        for (day, score) in replayed.scores {
            let before = recorded.scores[day] ?? nil
            guard before != score else { continue }
            changed += 1
            if let before, let score, abs(score - before) > abs(largest) { largest = score - before }
        }
        daysChanged = changed
        largestMove = largest
    }

    package var isNothing: Bool {
        daysChanged == 0 && Self.counts(recorded.bands) == Self.counts(replayed.bands)
            && Self.counts(recorded.signals) == Self.counts(replayed.signals)
            && Self.counts(recorded.plays) == Self.counts(replayed.plays)
            && Self.counts(recorded.messages) == Self.counts(replayed.messages)
    }

    static func counts(_ marks: [Course.Mark]) -> [ID<Course>: Int] {
        marks.reduce(into: [:]) { $0[ID($1.id), default: 0] += 1 }
    }
}

/// How often something happened, before and after, and to whom.
package struct CountChange: Sendable {
    package let id: String
    package var recorded = 0
    package var replayed = 0
    /// Accounts to which it would have happened, and did not.
    package var accountsGained = 0
    /// Accounts to which it did, and would not have.
    package var accountsLost = 0

    /// Everything of one kind over all accounts, in byte order of the ids.
    package static func all(
        _ changes: [CourseChange], _ marks: (Course) -> [Course.Mark]
    ) -> [CountChange] {
        var counts: [ID<Course>: CountChange] = [:]
        for change in changes {
            let before = CourseChange.counts(marks(change.recorded)), after = CourseChange.counts(marks(change.replayed))
            for id in Set(before.keys).union(after.keys) {
                var count = counts[id] ?? CountChange(id: id.text)
                count.recorded += before[id] ?? 0
                count.replayed += after[id] ?? 0
                if before[id] == nil { count.accountsGained += 1 }
                if after[id] == nil { count.accountsLost += 1 }
                counts[id] = count
            }
        }
        return counts.values.sorted { precedes($0.id, $1.id) }
    }
}
