package import TenureCore
package import TenureEngine
package import TenureProgramme

/// All accounts that a filter takes, and what can be said of them together.
package struct Portfolio: Sendable {
    /// Ascending by id.
    package let accounts: [PortfolioAccount]
    package let programme: CompiledProgramme
    package let now: Instant

    /// - Parameter accounts: in any order.
    package init(_ accounts: [PortfolioAccount], _ programme: CompiledProgramme, now: Instant) {
        self.init(accounts: accounts.sorted { $0.row.id < $1.row.id }, programme: programme, now: now)
    }

    private init(accounts: [PortfolioAccount], programme: CompiledProgramme, now: Instant) {
        self.accounts = accounts
        self.programme = programme
        self.now = now
    }

    /// One portfolio for each value of a field, in byte order; accounts without a value come last.
    package func grouped(by field: String) -> [(value: String?, portfolio: Portfolio)] {
        var groups: [ID<Portfolio>: [PortfolioAccount]] = [:]
        var rest: [PortfolioAccount] = []
        for account in accounts {
            if let value = account.text(of: field) {
                groups[ID(value), default: []].append(account)
            } else {
                rest.append(account)
            }
        }
        let known = groups.sorted { $0.key < $1.key }.map { (value: Optional($0.key.text), portfolio: taking($0.value)) }
        return known + (rest.isEmpty ? [] : [(value: nil, portfolio: taking(rest))])
    }

    private func taking(_ accounts: [PortfolioAccount]) -> Portfolio {
        Portfolio(accounts: accounts, programme: programme, now: now)
    }

    /// - Parameter snapshot: asked for what rows do not have.
    package func rollUp(_ measure: PortfolioMeasure, _ snapshot: (AccountID) -> Snapshot?) -> RollUp {
        var rollUp = RollUp()
        for account in accounts {
            rollUp.add(measure.value(of: account.row) { snapshot(account.row.id) }, arr: account.arr.hundredths)
        }
        return rollUp
    }

    /// What needs no snapshot.
    package var score: RollUp {
        var rollUp = RollUp()
        for account in accounts { rollUp.add(account.report.score.map { Double($0) }, arr: account.arr.hundredths) }
        return rollUp
    }

    /// Recurring revenue of the accounts of which it is known, in hundredths.
    package var arr: Int64 { accounts.reduce(0) { saturatingAdd($0, $1.arr.hundredths ?? 0) } }

    package func revenue(_ period: RevenuePeriod) -> RevenueReport {
        RevenueReport(accounts.map { ($0.row.id, $0.folio.ledger) }, programme.programme, period)
    }
}

/// A share of accounts: how many do, of how many it is known.
package struct PortfolioShare: Hashable, Sendable {
    package let part: Int
    package let whole: Int

    package init(_ values: [Bool?]) {
        part = values.count { $0 == true }
        whole = values.count { $0 != nil }
    }

    package var percent: Double? { whole == 0 ? nil : Double(part) * 100 / Double(whole) }
}

extension Portfolio {
    /// Accounts by the band that people see, in the model's order; those without one last.
    package var bands: [(band: HealthBand?, accounts: Int, arr: Int64)] {
        let model = programme.programme.health.bands
        return (model.indices.map(Optional.some) + [nil]).map { place in
            let members = accounts.filter { $0.report.bandPlace == place }
            let arr = members.reduce(0) { saturatingAdd($0, $1.arr.hundredths ?? 0) }
            return (place.map { model[$0] }, members.count, arr)
        }
    }

    /// `accounts.active_weekly`: somebody was active in the last seven days, of the accounts that were ever in use.
    package var activeWeekly: PortfolioShare { share("accounts.active_weekly") }

    /// `features.advanced_adopters`: an advanced feature was used in the last thirty days; nil: none is declared.
    package var advancedAdopters: PortfolioShare? {
        programme.programme.features.contains(where: \.isAdvanced) ? share("features.advanced_adopters") : nil
    }

    /// Of a figure to which each account says yes or no.
    private func share(_ figure: String) -> PortfolioShare {
        PortfolioShare(PortfolioFigure.named(figure).map { parts(of: $0).map { $0.part.part > 0 } } ?? [])
    }
}
