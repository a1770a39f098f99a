import TenureCore
import TenureEngine
package import TenureProgramme

/// An account among all others, with what portfolios count of it.
package struct PortfolioAccount: Sendable {
    package let row: AccountRow
    package let folio: AccountFolio

    package init(_ row: AccountRow, _ folio: AccountFolio) {
        self.row = row
        self.folio = folio
    }

    package var report: AccountReport { row.report }
    package var segment: String? { row.segment }
    package var arr: RevenueAmount { row.arr }
    package func text(of field: String) -> String? { row.text(of: field) }
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
