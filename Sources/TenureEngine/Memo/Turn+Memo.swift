import TenureProgramme

extension Turn {
    private var dependencies: Dependencies { programme.dependencies }

    /// Every metric that conclusions can read, where what it reads has changed.
    mutating func measure() {
        memo.pass(to: now, snapshot.today, observations.grades, context)
        measure(first: programme.concludedMetricCount)
    }

    /// Those for people who look, when a day is kept for them.
    mutating func measureAll() { measure(first: programme.metrics.count) }

    private mutating func measure(first count: Int) {
        while let index = memo.nextDirty(below: count) {
            let reading = snapshot.measured(programme.metrics[index])
            guard reading != snapshot.readings[index] else { continue }
            snapshot.readings[index] = reading
            memo.markChanged(metric: index, dependencies)
        }
    }

    /// Caps that ask for the score ask for one that is being read: unknown.
    mutating func readHealth() {
        if !memo.isHealthCurrent(dependencies) {
            snapshot.sharedHealth = nil
            memo.keep(snapshot.read(caps: programme.caps.map { holds($0) }), dependencies)
        }
        snapshot.sharedHealth = memo.health
    }

    /// Where the signal has its row in the conclusions; nil: it never held.
    mutating func place(ofSignal index: Int) -> Int? {
        memo.place(ofSignal: index, in: state.sharedConclusions, programme)
    }

    /// What is known of a condition without evaluating it.
    func known(_ condition: Int) -> Truth? { memo.truth(of: condition, dependencies) }

    /// Without a condition, yes.
    ///
    /// - Parameter play: the running instance, for conditions that ask for its steps.
    mutating func holds(_ condition: BoundCondition?, play: PlayInstance? = nil) -> Truth {
        guard let condition else { return .yes }
        if let known = known(condition.number) { return known }
        let truth = snapshot.holds(condition, play: play)
        memo.keep(truth, of: condition)
        return truth
    }
}
