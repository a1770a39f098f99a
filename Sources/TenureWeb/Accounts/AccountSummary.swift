import TenureCore
import TenureEngine
import TenureProgramme

/// What a list shows of an account: read off its conclusions as of the last commit, without measuring anything anew.
struct AccountSummary: Sendable {
    let id: AccountID
    let externalID: String
    let name: String
    let tier: String?
    /// In the programme's currency.
    let arr: Double?
    /// The person in the first role that the account names.
    let owner: String?
    /// nil: too little is known.
    let score: Int?
    let coverage: Int
    let band: HealthBand?
    /// Points gained since the end of the day seven days ago.
    let change: Int?
    let openSignals: Int
    let worstSignal: Signal?
    let runningPlays: Int
    let noticeBy: Day?
    let termEnd: Day?
    let today: Day

    init(_ state: AccountState, _ programme: CompiledProgramme, now: Instant) {
        let profile = state.observations.profile
        let health = state.conclusions.health
        today = programme.zone(of: state.observations).day(at: now)
        id = state.id
        externalID = profile["id"]?.string ?? state.id.text
        name = profile["name"]?.string ?? externalID
        tier = profile["tier"]?.string
        arr = profile["arr"]?.number
        owner =
            programme.programme.roles.lazy.filter { !$0.isTeamWide }.compactMap { profile[$0.id]?.string }
            .first
        score = health.reading?.score
        coverage = Int((health.reading?.coverageMicros ?? 0) / 1_000_000)
        let bands = programme.programme.health.bands
        band =
            score == nil ? nil : health.displayedBand.flatMap { bands.indices.contains($0) ? bands[$0] : nil }
        let then = health.daily(on: today + -7)?.scoreNano.map { roundedHalfUp($0) }
        change = score.flatMap { now in then.map { now - $0 } }
        let open = programme.signals.map(\.signal).filter { state.conclusions.signal($0.id)?.isOpen == true }
        openSignals = open.count
        worstSignal = open.min { $0.severity.rank < $1.severity.rank }
        runningPlays = state.conclusions.plays.count { $0.isRunning }
        noticeBy = Self.day(profile["notice_by"])
        termEnd = Self.day(profile["term_end"])
    }

    private static func day(_ value: JSON?) -> Day? {
        guard let text = value?.string else { return nil }
        return Day(text: text) ?? Day(text: String(text.prefix(10)))
    }

    var document: JSON {
        [
            "id": .string(id.text), "external_id": .string(externalID), "name": .string(name),
            "tier": JSON(tier), "arr": arr.map { .double($0) } ?? .null, "owner": JSON(owner),
            "score": JSON(score), "band": JSON(band?.id), "coverage": .int(Int64(coverage)),
            "change_7d": JSON(change),
            "open_signals": .int(Int64(openSignals)), "running_plays": .int(Int64(runningPlays)),
            "notice_by": JSON(noticeBy?.text), "term_end": JSON(termEnd?.text),
        ]
    }
}

extension Signal.Severity {
    /// 0 is the most urgent.
    var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        case .opportunity: 4
        }
    }
}

extension JSON {
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }
    init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
}
