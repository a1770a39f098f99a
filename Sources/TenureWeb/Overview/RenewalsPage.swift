import TenureCore
import TenureInsight
import TenureProgramme

/// The contracts behind the sentence of the first page.
struct RenewalsPage {
    let shell: Shell
    let sentence: RiskSentence
    let rows: [Row]
    let isEmpty: Bool
    let total: String
    let totalAtRisk: String
    let more: String?
    private static let rowsMax = 500

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
    init(_ shell: Shell, _ overview: Overview, _ programme: Programme) {
        let risk = overview.risk
        self.shell = shell
        sentence = RiskSentence(overview, programme)
        let bands = Dictionary(overview.accounts.map { ($0.row.report.id, $0) }) { first, _ in first }
        rows = risk.parts.prefix(Self.rowsMax).map { Row($0, bands[$0.row.report.id]?.bandThen, programme) }
        isEmpty = rows.isEmpty
        total = sentence.renewing
        totalAtRisk = sentence.atRisk
        more = risk.parts.count > Self.rowsMax ? "\(risk.parts.count - Self.rowsMax) smaller ones are not listed." : nil
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
