import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// The contracts behind the sentence of the first page.
struct RenewalsPage {
    let shell: Shell
    let sentence: RiskSentence
    let rows: [Row]
    let isEmpty: Bool
    let total: String
    let totalAtRisk: String
    let pages: PageLinks?

    struct Row {
        let name: String
        let link: String
        let due: String
        let dueLink: String
        let amount: String
        let amountLink: String
        let badge: BandBadge
        let then: BandBadge
        let atRisk: String
        let isAtRisk: Bool
    }
}

extension RenewalsPage {
    /// - Parameter cursor: of the contracts; nil: the largest ones.
    init(_ shell: Shell, _ overview: Overview, cursor: String?, _ workspace: Workspace) throws {
        let (programme, name) = (workspace.programme.programme, ListName(list: "renewals", question: "", keys: workspace.keys))
        let (parts, table) = (overview.risk.parts, overview.table)
        let part = try ListPart(
            parts.places, name, cursor: cursor,
            start: { Placed($0, text: table.idPlace(of: $0.text), id: RenewalRisk.idPlace(of: $0.id)) },
            place: { $0.place }, item: { parts[$0] })
        self.shell = shell
        sentence = RiskSentence(overview, programme)
        rows = part.items.map { Row($0, programme.health.band(at: $0.account.bandThen), programme) }
        isEmpty = rows.isEmpty
        total = sentence.renewing
        totalAtRisk = sentence.atRisk
        pages = PageLinks(part, "contract", "contracts") { Links.with(Links.renewals, [("cursor", $0)]) }
    }
}

extension RenewalRisk.Part {
    /// The largest amount first, what is unknown last.
    fileprivate var place: ListPlace {
        ListPlace(number: renewal.amount.map { 0 &- $0 }, text: row.id.text, id: String(number))
    }
}

extension RenewalsPage.Row {
    init(_ part: RenewalRisk.Part, _ bandThen: HealthBand?, _ programme: Programme) {
        let report = part.row.report
        name = report.name
        link = Links.account(report.id.text)
        due = Wording.day(part.renewal.due)
        dueLink = Links.told(report.id.text, .field, "term_end")
        amount = part.renewal.amount.map { Wording.money(Double($0) / 100, programme.currency) } ?? "unknown"
        amountLink = Links.accountRevenue(report.id.text)
        badge = BandBadge(report.band)
        then = BandBadge(bandThen)
        isAtRisk = part.isAtRisk
        atRisk = Self.words(now: part.isAtRisk, then: part.wasAtRisk)
    }

    private static func words(now: Bool, then: Bool) -> String {
        switch (now, then) {
        case (true, true): "at risk, as on Monday"
        case (true, false): "at risk since Monday"
        case (false, true): "no longer at risk"
        case (false, false): "not at risk"
        }
    }
}
