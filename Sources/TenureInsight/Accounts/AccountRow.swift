package import TenureCore
package import TenureEngine
import TenureProgramme

/// What lists, portfolios and the first page say of an account. Made with each of its commits, so that whoever looks at
/// many accounts needs no account's state.
///
/// One object for each commit: what is made of it later, by whoever asks first, is kept with it (`later`).
package final class AccountRow: Sendable {
    package let report: AccountReport
    package let segment: String?
    /// The account's own zone.
    package let zone: ZoneRules
    /// Hundredths of the reporting currency a year; what an average is weighted by.
    package let arr: RevenueAmount
    /// When it came in; nil: never, it is only named.
    package let created: Instant?
    /// Its notices that it leaves as a whole, the first one first.
    package let notices: [ChurnNotice]
    /// What it paid when it gave the first of them.
    package let arrAtNotice: RevenueAmount?
    package let renewals: [DueRenewal]
    /// In the programme's order.
    package let signals: [AccountSignal]
    /// Oldest first.
    package let plays: [RunningPlay]
    package let tasks: [OpenTask]
    /// The account above it, by the vendor's own id; nil: there is none.
    package let parent: String?
    /// The customer's own addresses.
    package let domains: [String]
    /// Ids of its contracts and subscriptions.
    package let contracts: [String]
    package let later = RowExtras()
    /// Who holds a role at the account.
    let holders: [String]
    private let fields: [Field]

    private struct Field: Sendable {
        let name: String
        let text: String
    }

    /// Fields of a programme that hold the customer's own address.
    private static let domainFields = ["domain", "website", "url"]

    /// - Parameter terms: of the programme.
    package init(_ state: AccountState, _ programme: CompiledProgramme, _ terms: RowTerms, now: Instant) {
        let (conclusions, revenue) = (state.conclusions, AccountRevenue(state.observations.revenue, programme.programme))
        let today = programme.defaultZoneRules.day(at: now)
        let report = AccountReport(state, programme, now: now)
        self.report = report
        segment = state.observations.profile["segment"]?.string ?? Snapshot.segment(of: state, programme, now: now)
        zone = programme.zone(of: state.observations)
        arr = revenue.amount(before: programme.defaultZoneRules.instant(day: today + 1), ratesOf: today)
        created = state.created
        notices = state.observations.revenue.notices.filter(\.isFull)
        arrAtNotice = notices.first.map { revenue.amount(before: $0.version.occurred, ratesOf: today) }
        renewals = DueRenewal.all(revenue, termEnd: report.termEnd, arr: arr, today: today, zone: programme.defaultZoneRules)
        signals = terms.signals.compactMap { AccountSignal($0, conclusions.signal($0.signal.id)) }
        plays = RunningPlay.all(of: state, programme)
        tasks = OpenTask.all(of: state, programme)
        parent = state.text(of: "parent")
        domains = Self.domainFields.compactMap { state.observations.profile[$0]?.string }
        let ledger = state.observations.revenue
        contracts = (ledger.streams(.contracts) + ledger.streams(.subscriptions)).map(\.key)
        holders = programme.programme.roles.filter { !$0.isTeamWide }.compactMap { state.observations.profile[$0.id]?.string }
        fields = terms.fields.compactMap { name in state.text(of: name).map { Field(name: name, text: $0) } }
    }

    package var id: AccountID { report.id }
    /// Its first notice that it leaves as a whole.
    package var notice: ChurnNotice? { notices.first }

    /// - Parameter value: nil: the field is empty.
    package func has(_ value: String?, in field: String) -> Bool {
        switch (text(of: field), value) {
        case (nil, nil): true
        case (let known?, let value?): isSame(known, value)
        case _: false
        }
    }

    /// A field by which portfolios are cut, as a text; nil: it is empty.
    package func text(of field: String) -> String? {
        switch field {
        case "segment": segment
        case "owner": report.owner
        case "band": report.band?.id
        default: fields.first { isSame($0.name, field) }?.text
        }
    }
}
