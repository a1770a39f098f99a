package import TenureCore
import TenureEngine
package import TenureInsight
import TenureProgramme
import TenureRuntime

/// Revenue for programs.
enum RevenueDocuments {
    /// All figures of a period; with `figure`, the accounts behind one.
    static func report(_ api: APICall) async throws -> Answer {
        let others: Set<String> = ["figure", "limit", "cursor"]
        let query = try PortfolioQuery(api.call, api.workspace, others: others)
        let (portfolio, report) = try await api.workspace.read { [workspace = api.workspace] store in
            let portfolio = try query.portfolio(workspace, store)
            return (portfolio, try portfolio.revenue(query.period, store))
        }
        let texts = try api.call.query(allowing: Set(NamedTexts(encoded: api.call.rawQuery).names))
        if let name = texts.filled("figure") { return try cohort(name, report, portfolio, query, texts, api) }
        guard case .object(var body) = report.document(portfolio) else { return .json([:]) }
        if let group = query.group { body["groups"] = groups(portfolio, group, report) }
        return .json(.object(body))
    }

    private static func groups(_ portfolio: Portfolio, _ field: String, _ report: RevenueReport) -> JSON {
        let groups = portfolio.grouped(by: field)
        let reports = report.split(groups.map { $0.portfolio.accounts.map(\.row.id) })
        return .array(
            zip(groups, reports).map { group, report in
                [
                    "value": JSON(group.value), "accounts": .int(Int64(group.portfolio.accounts.count)),
                    "figures": report.figures,
                ]
            })
    }

    private static func cohort(
        _ name: String, _ report: RevenueReport, _ portfolio: Portfolio, _ query: PortfolioQuery, _ texts: NamedTexts,
        _ api: APICall
    ) throws -> Answer {
        guard let figure = RevenueFigure(rawValue: name) else {
            throw Problem(
                .invalidParameter, "figure is one of " + RevenueFigure.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        let limit = try ListLimit.read(texts)
        let list = "revenue:" + figure.rawValue
        let after = try texts.filled("cursor").map {
            try Cursor.open($0, list: list, query: query.identity, api.workspace.keys)
        }
        let cohort = report.cohort(figure)
        let rest = after.map { place in cohort.drop { $0.row.account <= AccountID(place) } } ?? cohort[...]
        let page = rest.prefix(limit)
        let names = portfolio.names
        var document = ListDocument(
            items: page.map { $0.row.document((figure, $0.share), names[$0.row.account]) }, total: cohort.count)
        if rest.count > limit, let last = page.last {
            let cursor = Cursor.make(last.row.account.text, list: list, query: query.identity, api.workspace.keys)
            let size = limit == WebLimits.pageItemsDefault ? nil : String(limit)
            let path = query.link(api.call.path, group: query.group)
            let rest = Links.with("", [("figure", name), ("limit", size), ("cursor", cursor)]).dropFirst()
            document.next = (path + (path.contains("?") ? "&" : "?") + rest, cursor)
        }
        return document.answer.with(figure.document(report.total(figure)), as: "figure")
    }
}

extension Answer {
    /// Another member of the body.
    fileprivate func with(_ value: JSON, as name: String) -> Answer {
        guard case .success(.object(var object)) = JSONReader.read(body) else { return self }
        object[name] = value
        var answer = self
        answer.body = JSON.object(object).bytes
        return answer
    }
}

extension RevenueReport {
    package var figures: JSON { .array(RevenueFigure.allCases.map { $0.document(total($0)) }) }

    /// - Parameter figure: then the accounts behind it, all of them.
    package func document(_ portfolio: Portfolio, figure: RevenueFigure?) -> JSON {
        guard let figure else { return document(portfolio) }
        let names = portfolio.names
        return [
            "figure": figure.document(total(figure)),
            "items": .array(cohort(figure).map { $0.row.document((figure, $0.share), names[$0.row.account]) }),
        ]
    }

    func document(_ portfolio: Portfolio) -> JSON {
        let names = portfolio.names
        let open = rows.flatMap(\.renewals).filter { $0.outcome == .open }
        return [
            "from": .string(period.from.text), "to": .string(period.to.text), "time_zone": .string(period.zone.name),
            "currency": .string(portfolio.programme.programme.currency),
            "counted_from": .string(portfolio.programme.programme.revenue.source.rawValue),
            "accounts": .int(Int64(rows.count)), "cohort": .int(Int64(rows.count(where: \.isInCohort))), "figures": figures,
            "renewals_open": ["contracts": .int(Int64(open.count)), "target": .hundredths(open.reduce(0) { $0 + $1.target })],
            "left_out": .array(
                gaps.map { gap in
                    [
                        "id": .string(gap.account.text), "external_id": JSON(names[gap.account]?.externalID),
                        "reason": .string(gap.reason.id), "detail": .string(gap.reason.words),
                    ]
                }),
        ]
    }
}

extension Portfolio {
    var names: [AccountID: AccountReport] {
        Dictionary(accounts.map { ($0.row.id, $0.report) }) { first, _ in first }
    }

    func names(of wanted: [AccountID]) -> [AccountID: AccountReport] {
        let wanted = Set(wanted)
        return Dictionary(accounts.filter { wanted.contains($0.row.id) }.map { ($0.row.id, $0.report) }) { first, _ in first }
    }
}

extension RevenueFigure {
    /// Money is a number of the reporting currency with two places; a rate has its two sums beside it.
    func document(_ share: RevenueShare) -> JSON {
        var document: JSONObject = [
            "id": .string(rawValue), "title": .string(title), "meaning": .string(meaning), "unit": .string(unit.rawValue),
            "accounts": .int(Int64(share.accounts)),
        ]
        switch unit {
        case .money: document["value"] = .hundredths(share.part)
        case .percent:
            document["value"] = share.percent.map { .double($0) } ?? .null
            document["part"] = counts ? .int(share.part) : .hundredths(share.part)
            document["whole"] = counts ? .int(share.whole) : .hundredths(share.whole)
        }
        return .object(document)
    }
}

extension RevenueRow {
    /// - Parameter brought: what the account brings to a figure.
    func document(_ brought: (figure: RevenueFigure, share: RevenueShare)?, _ report: AccountReport?) -> JSON {
        var document: JSONObject = [
            "id": .string(account.text), "external_id": JSON(report?.externalID), "name": JSON(report?.name),
            "start": .hundredths(start), "end": .hundredths(end), "currency_effect": .hundredths(currencyEffect),
            "ending": JSON(ending?.rawValue), "warned": wasWarned.map { .bool($0) } ?? .null,
            "movements": .array(movements.map(\.document)), "renewals": .array(renewals.map(\.document)),
        ]
        if let (figure, share) = brought {
            document["part"] = figure.counts ? .int(share.part) : .hundredths(share.part)
            if figure.unit == .percent { document["whole"] = figure.counts ? .int(share.whole) : .hundredths(share.whole) }
        }
        return .object(document)
    }
}

extension RevenueMovement {
    fileprivate var document: JSON {
        ["day": .string(day.text), "kind": .string(kind.rawValue), "amount": .hundredths(amount)]
    }
}

extension ContractRenewal {
    fileprivate var document: JSON {
        [
            "contract": .string(contract), "due": .string(due.text), "outcome": .string(outcome.rawValue),
            "target": .hundredths(target), "final": .hundredths(final),
        ]
    }
}

extension JSON {
    /// An amount of money: the shortest number that has these hundredths.
    package static func hundredths(_ amount: Int64) -> JSON {
        amount % 100 == 0 ? .int(amount / 100) : .double(Double(amount) / 100)
    }
}
