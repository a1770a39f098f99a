package import TenureCore
package import TenureEngine
import TenureProgramme

/// What lists, portfolios and the first page say of an account. Made with each of its commits, so that whoever looks at
/// many accounts needs no account's state.
package struct AccountRow: Sendable {
    package let report: AccountReport
    package let segment: String?
    /// Hundredths of the reporting currency a year; what an average is weighted by.
    package let arr: RevenueAmount
    /// When it came in; nil: never, it is only named.
    package let created: Instant?
    /// Its first notice that it leaves as a whole.
    package let notice: ChurnNotice?
    /// What it paid when it gave that notice.
    package let arrAtNotice: RevenueAmount?
    package let renewals: [DueRenewal]
    /// In the programme's order.
    package let alerts: [OpenAlert]
    /// Titles of running plays, oldest first.
    package let plays: [String]
    package let tasks: [OpenTask]
    /// Who holds a role at the account.
    private let holders: [String]
    private let fields: [Field]

    private struct Field: Sendable {
        let name: String
        let text: String
    }

    /// - Parameter names: `Programme.portfolioFields`, made once by whoever makes many rows.
    package init(_ state: AccountState, _ programme: CompiledProgramme, fields names: [String], now: Instant) {
        let (conclusions, revenue) = (state.conclusions, AccountRevenue(state.observations.revenue, programme.programme))
        let today = programme.defaultZoneRules.day(at: now)
        report = AccountReport(state, programme, now: now)
        segment = state.observations.profile["segment"]?.string ?? Snapshot.segment(of: state, programme, now: now)
        arr = revenue.amount(before: programme.defaultZoneRules.instant(day: today + 1), ratesOf: today)
        created = state.created
        notice = state.observations.revenue.notices.first(where: \.isFull)
        arrAtNotice = notice.map { revenue.amount(before: $0.version.occurred, ratesOf: today) }
        renewals = DueRenewal.all(revenue, termEnd: report.termEnd, arr: arr, today: today, zone: programme.defaultZoneRules)
        alerts = programme.signals.compactMap { OpenAlert($0.signal, conclusions.signal($0.signal.id)) }
        plays = conclusions.plays.filter(\.isRunning).map { programme.playPlan(of: $0)?.play.title ?? $0.play }
        tasks = OpenTask.all(of: state, programme)
        holders = programme.programme.roles.filter { !$0.isTeamWide }.compactMap { state.observations.profile[$0.id]?.string }
        fields = names.compactMap { name in state.text(of: name).map { Field(name: name, text: $0) } }
    }

    package func isHeld(by person: String) -> Bool { holders.contains { isSame($0, person) } }

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
