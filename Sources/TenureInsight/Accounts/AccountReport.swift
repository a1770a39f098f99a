package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account as lists, pages, the API and the command line describe it: who it is, how it is, what is open. One object,
/// since lists hand very many of them around.
package final class AccountReport: Sendable {
    package let id: AccountID
    /// The vendor's own id; Tenure's where the vendor gave none.
    package let externalID: String
    /// nil: the account has no name of its own.
    package let givenName: String?
    package let tier: String?
    /// In the programme's currency.
    package let arr: Double?
    /// The person in the first role that the account names.
    package let owner: String?
    /// nil: too little is known.
    package let score: Int?
    /// Whole percent of the model's weight that is known.
    package let coverage: Int
    /// nil: too little is known.
    package let band: HealthBand?
    /// Its place among the model's bands, best first.
    package let bandPlace: Int?
    /// Points gained since the end of the day seven days ago.
    package let change: Int?
    package let openSignals: Int
    /// The most urgent of them.
    package let worstSignal: (title: String, severity: Signal.Severity)?
    package let runningPlays: Int
    package let noticeBy: Day?
    package let termEnd: Day?
    package let today: Day

    /// As of the last commit: nothing is measured anew, and the band is the one that people see.
    package convenience init(_ state: AccountState, _ programme: CompiledProgramme, now: Instant) {
        let health = state.conclusions.health
        self.init(
            state.id, state.observations, state.conclusions, programme,
            today: programme.zone(of: state.observations).day(at: now), health.reading,
            band: health.reading?.score == nil ? nil : health.displayedBand)
    }

    /// As measured at the snapshot's instant, with the band of that very reading.
    package convenience init(_ snapshot: Snapshot) {
        self.init(
            snapshot.account, snapshot.observations, snapshot.conclusions, snapshot.programme,
            today: snapshot.today, snapshot.health, band: snapshot.health?.band)
    }

    private init(
        _ id: AccountID, _ observations: Observations, _ conclusions: Conclusions,
        _ programme: CompiledProgramme, today: Day, _ reading: HealthReading?, band: Int?
    ) {
        let (profile, model) = (observations.profile, programme.programme.health)
        self.id = id
        self.today = today
        score = reading?.score
        coverage = Int((reading?.coverageMicros ?? 0) / 1_000_000)
        externalID = profile["id"]?.string ?? id.text
        givenName = profile["name"]?.string
        tier = profile["tier"]?.string
        arr = profile["arr"]?.number
        owner = Self.owner(profile, programme.programme.roles)
        let place = band.flatMap { model.bands.indices.contains($0) ? $0 : nil }
        bandPlace = place
        self.band = place.map { model.bands[$0] }
        change = Self.change(reading, since: conclusions.health.daily(on: today + -7))
        let open = programme.signals.filter { conclusions.signal($0.signal.id)?.isOpen == true }
        openSignals = open.count
        worstSignal = open.min { $0.signal.severity.rank < $1.signal.severity.rank }.map { ($0.signal.title, $0.signal.severity) }
        runningPlays = conclusions.plays.count { $0.isRunning }
        noticeBy = Self.day(profile["notice_by"])
        termEnd = Self.day(profile["term_end"])
    }
}

extension AccountReport {
    package var name: String { givenName ?? externalID }

    /// Whether the last day for a notice is within so many days from today on.
    package func isNoticeNear(days: Int) -> Bool { noticeBy.map { $0.isWithin(days, from: today) } ?? false }

    private static func owner(_ profile: NamedValues<JSON>, _ roles: [Role]) -> String? {
        roles.lazy.filter { !$0.isTeamWide }.compactMap { profile[$0.id]?.string }.first
    }

    private static func change(_ now: HealthReading?, since then: HealthConclusions.DailyScore?) -> Int? {
        guard let score = now?.score, let earlier = then?.scoreNano else { return nil }
        return score - roundedHalfUp(earlier)
    }

    private static func day(_ value: JSON?) -> Day? {
        guard let text = value?.string else { return nil }
        return Day(text: text) ?? Day(text: String(text.prefix(10)))
    }
}

extension Day {
    func isWithin(_ days: Int, from today: Day) -> Bool { self >= today && Int(self - today) <= days }
}

extension Signal.Severity {
    /// 0 is the most urgent.
    package var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        case .opportunity: 4
        }
    }
}
