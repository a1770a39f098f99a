import BitCollections
import TenureCore
import TenureProgramme

/// What an account's earlier turns found out, so that the next asks anew only what can have changed since.
///
/// It is no part of the account: whoever runs turns may keep it or forget it, which changes nothing but the time they take.
package struct Memo: Sendable {
    /// Whose readings these are, and up to when: for any other they are forgotten.
    private var owner: Owner?
    /// Grows with every change, so that a result is older or younger than each.
    private var revision: UInt32 = 0
    /// When each aspect, and behind them each metric, last changed.
    private var changed: [UInt32] = []
    private var conditions: [Result] = []
    /// The newest reading of health, and when it was made.
    private(set) var health: Shared<HealthReading>?
    private var healthRevision: UInt32 = 0
    /// When clocks were last read off the facts.
    private var slaRevision: UInt32 = 0
    /// To be measured again.
    private var dirty = BitSet()
    private var silentFeeds: [Bool] = []
    /// Where each of the programme's signals has its row in the conclusions, of which none ever leaves.
    private var signalPlaces: [Int?] = []
    private var signalRowCount = 0
    /// Until the profile changes.
    private var dates: [DateField]?
    private var zone: ZoneRules?
    private var day: Day?
    private var measuredAt: Instant?
    /// When time alone next changes something of the account's own, as a turn found out; nil once anything else may have
    /// changed it.
    var due: Instant?
    /// By the compiled programme's metrics; those that no conclusion reads are as of the last day that was closed. With
    /// the turn while it runs.
    package private(set) var readings: [MetricReading] = []

    private struct Owner: Sendable {
        let programme: CompiledProgramme
        let account: AccountID
        var clock: Instant?
    }

    private struct Result: Sendable {
        var truth: Truth
        var revision: UInt32
    }

    package init() {}
}

// MARK: - Turns

extension Memo {
    /// All of it, of which nothing stays behind: the turn that takes it changes it in place.
    package mutating func taken() -> Memo {
        var whole = Memo()
        swap(&self, &whole)
        return whole
    }

    /// The readings to go on from, of which none stay behind; all to be measured where they are another's.
    mutating func begin(_ state: AccountState, _ programme: CompiledProgramme) -> [MetricReading] {
        if let owner, owner.programme === programme, owner.account == state.id, owner.clock == state.clock {
            defer { readings = [] }
            return readings
        }
        owner = Owner(programme: programme, account: state.id, clock: state.clock)
        changed = Array(repeating: 0, count: Aspects.count + programme.metrics.count)
        conditions = Array(repeating: Result(truth: .unknown, revision: 0), count: programme.dependencies.conditionCount)
        signalRowCount = 0
        signalPlaces = Array(repeating: nil, count: programme.signals.count)
        silentFeeds = Array(repeating: false, count: programme.dependencies.feeds.count)
        forget(programme.dependencies)
        return Array(repeating: .unknown(.noData), count: programme.metrics.count)
    }

    mutating func end(_ state: AccountState, _ readings: [MetricReading]) {
        owner?.clock = state.clock
        self.readings = readings
        // Long before the numbers run out; nobody has ever lived so long.
        if revision > .max / 2 { owner = nil }
    }
}

// MARK: - Changes

extension Memo {
    /// Anything may be different.
    mutating func forget(_ dependencies: Dependencies) {
        revision += 1
        for place in changed.indices { changed[place] = revision }
        (dates, zone) = (nil, nil)
        due = nil
        health = nil
        healthRevision = 0
        slaRevision = 0
        dirty = dependencies.everyMetric
    }

    mutating func take(_ changes: Changes, _ dependencies: Dependencies) {
        if changes.isAll { return forget(dependencies) }
        mark(changes.aspects, dependencies)
        if let metrics = changes.event?.metrics { dirty.formUnion(metrics) }
    }

    mutating func mark(_ aspects: Aspects, _ dependencies: Dependencies) {
        if aspects.contains(.profile) { (dates, zone) = (nil, nil) }
        if !aspects.isDisjoint(with: [.profile, .grades, .signals, .plays, .clocks]) { due = nil }
        for place in aspects.places {
            revision += 1
            changed[place] = revision
            dirty.formUnion(dependencies.metricsOfAspect[place])
        }
    }

    /// Time has passed: a new day, grades that expired, feeds that fell silent or speak again.
    mutating func pass(to now: Instant, _ today: Day, _ grades: NamedValues<Grade>, _ context: TurnContext) {
        let dependencies = context.programme.dependencies
        if day != today { mark(.day, dependencies) }
        if let last = measuredAt, grades.rows.contains(where: { $0.latest.value.ends(after: last, by: now) }) {
            mark(.grades, dependencies)
        }
        for (place, feed) in dependencies.feeds.enumerated() where context.isSilent(place, at: now) != silentFeeds[place] {
            silentFeeds[place].toggle()
            dirty.formUnion(feed.metrics)
        }
        day = today
        measuredAt = now
    }
}

extension Grade {
    fileprivate func ends(after last: Instant, by now: Instant) -> Bool { isValid(at: last) && !isValid(at: now) }
}

// MARK: - Results

extension Memo {
    /// The next metric to measure among the first so many, in the order of the programme.
    mutating func nextDirty(below count: Int) -> Int? {
        guard let next = dirty.first, next < count else { return nil }
        dirty.remove(next)
        return next
    }

    /// Whoever reads the metric is to be measured after it.
    mutating func markChanged(metric: Int, _ dependencies: Dependencies) {
        revision += 1
        changed[Aspects.count + metric] = revision
        dirty.formUnion(dependencies.readers[metric])
    }

    /// The account's dates as days.
    mutating func dates(
        of observed: Shared<Observations>, _ zone: ZoneRules, _ programme: CompiledProgramme
    ) -> [DateField] {
        if let dates { return dates }
        let found = programme.dates(of: observed.value, zone: zone)
        dates = found
        return found
    }

    mutating func zone(of observed: Shared<Observations>, _ programme: CompiledProgramme) -> ZoneRules {
        if let zone { return zone }
        let found = programme.zone(of: observed.value)
        zone = found
        return found
    }

    /// Where the signal has its row in the conclusions; nil: it never held.
    mutating func place(
        ofSignal index: Int, in conclusions: Shared<Conclusions>, _ programme: CompiledProgramme
    ) -> Int? {
        let count = conclusions.value.signals.count
        if count != signalRowCount {
            signalRowCount = count
            signalPlaces = programme.signals.map { plan in
                let (place, isFound) = conclusions.value.place(ofSignal: plan.signal.id)
                return isFound ? place : nil
            }
        }
        return signalPlaces[index]
    }

    /// Whether the condition holds, where nothing that it reads has changed since it was evaluated.
    func truth(of condition: Int, _ dependencies: Dependencies) -> Truth? {
        let known = conditions[condition]
        return dependencies.isCurrent(condition, since: known.revision, changed) ? known.truth : nil
    }

    mutating func keep(_ truth: Truth, of condition: BoundCondition) {
        conditions[condition.number] = Result(truth: truth, revision: revision)
    }

    func isHealthCurrent(_ dependencies: Dependencies) -> Bool {
        healthRevision > 0 && !dependencies.health.contains { changed[$0] > healthRevision }
    }

    /// Whether no clock can read differently but by time alone.
    func areSLAsCurrent(_ dependencies: Dependencies) -> Bool {
        slaRevision > 0 && !dependencies.slas.contains { changed[$0] > slaRevision }
    }

    mutating func keepSLAs() { slaRevision = revision }

    mutating func keep(_ reading: HealthReading, _ dependencies: Dependencies) {
        if health?.value != reading {
            health = Shared(reading)
            mark(.health, dependencies)
        }
        healthRevision = revision
    }
}
