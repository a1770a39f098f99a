package import TenureCore
package import TenureEngine
package import TenureProgramme

/// An account among all others: who it is, how it is, what it pays, and the fields by which portfolios are cut.
package struct PortfolioAccount: Sendable {
    package let state: AccountState
    package let report: AccountReport
    package let segment: String?
    /// Hundredths of the reporting currency a year; what an average is weighted by.
    package let arr: RevenueAmount

    package init(_ state: AccountState, _ programme: CompiledProgramme, now: Instant) {
        self.state = state
        report = AccountReport(state, programme, now: now)
        segment = state.observations.profile["segment"]?.string ?? Snapshot.segment(of: state, programme, now: now)
        let today = programme.defaultZoneRules.day(at: now)
        arr = AccountRevenue(state.observations.revenue, programme.programme)
            .amount(before: programme.defaultZoneRules.instant(day: today + 1), ratesOf: today)
    }

    /// - Parameter value: nil: the field is empty.
    func has(_ value: String?, in field: String) -> Bool {
        switch (text(of: field), value) {
        case (nil, nil): true
        case (let known?, let value?): isSame(known, value)
        case _: false
        }
    }

    /// A field as a text; nil: it is empty.
    package func text(of field: String) -> String? {
        switch field {
        case "segment": segment
        case "owner": report.owner
        case "band": report.band?.id
        default:
            state.text(of: field)
        }
    }
}

extension AccountState {
    /// A field that somebody told, as a text; nil: it is empty.
    func text(of field: String) -> String? {
        switch observations.profile[field] {
        case .string(let text)?: text.isEmpty ? nil : text
        case .int(let number)?: String(number)
        case .double(let number)?: String(number)
        case .bool(let flag)?: flag ? "true" : "false"
        case .null?, .array?, .object?, nil: nil
        }
    }
}

extension Programme {
    /// Fields that accounts can be filtered and grouped by.
    package var portfolioFields: [String] {
        let own = accountFields.map(\.id) + roles.filter { !$0.isTeamWide }.map(\.id)
        return (["tier", "segment", "owner", "band", "parent", "time_zone"] + own).reduce(into: []) { names, name in
            if !names.contains(where: { isSame($0, name) }) { names.append(name) }
        }
    }
}
