import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// Accounts that may be one customer, those that were merged, and those that somebody said are two.
struct DuplicatesPage {
    let shell: Shell
    let formToken: String
    let pairs: [Pair]
    let hasPairs: Bool
    let pages: PageLinks?
    let merges: [MergedLine]
    let hasMerges: Bool
    let distinct: [Distinct]
    let hasDistinct: Bool

    struct Side {
        let id: String
        let name: String
        let externalID: String
        let link: String
        let arr: String
        let revenue: String
    }

    struct Pair {
        let one: Side
        let other: Side
        let reasons: [String]
        /// Where they stand side by side.
        let compare: String
    }

    struct Distinct {
        let one: Side
        let other: Side
        let by: String
    }
}

/// An account that is part of another one.
struct MergedLine {
    let name: String
    let externalID: String
    let survivor: String
    let survivorLink: String
    /// By whom, when and why.
    let words: String
    /// Where the form goes that undoes it.
    let undo: String
    let part: String
}

extension DuplicatesPage {
    init(
        shell: Shell, _ visitor: Visitor, _ part: ListPart<DuplicatePair>,
        distinct: [(key: DuplicateKey, by: String)], _ team: Team
    ) {
        let workspace = visitor.workspace
        let currency = workspace.programme.programme.currency
        self.shell = shell
        formToken = visitor.session.formToken
        pairs = part.items.map { Pair($0, currency) }
        hasPairs = !pairs.isEmpty
        pages = PageLinks(part, "pair", "pairs") { Links.with(Links.duplicates, [("cursor", $0)]) }
        merges = workspace.merges.all.map { MergedLine($0, workspace, team) }
        hasMerges = !merges.isEmpty
        self.distinct = distinct.compactMap { pair in
            guard let one = workspace.row(pair.key.first.text), let other = workspace.row(pair.key.second.text)
            else { return nil }
            return Distinct(one: Side(one, currency), other: Side(other, currency), by: team.name(pair.by))
        }
        hasDistinct = !self.distinct.isEmpty
    }
}

extension DuplicatesPage.Pair {
    fileprivate init(_ pair: DuplicatePair, _ currency: String) {
        one = DuplicatesPage.Side(pair.first, currency)
        other = DuplicatesPage.Side(pair.second, currency)
        reasons = pair.reasons.map(\.words)
        compare = pair.comparison
    }
}

extension DuplicatePair {
    /// The page where they stand side by side; the account that was there first would survive.
    var comparison: String {
        let isSecondOlder = (second.created ?? .distantFuture) < (first.created ?? .distantFuture)
        let (survivor, part) = isSecondOlder ? (second, first) : (first, second)
        return Links.merging(survivor.id.text, with: part.id.text)
    }
}

extension DuplicatePair.Reason {
    var words: String {
        switch self {
        case .contract(let id): "both have the contract or subscription \(id)"
        case .domain(let domain): "addresses at \(domain), which no other account has"
        case .name: "their names or ids have the same letters and digits"
        }
    }

    init?(_ document: JSON) {
        let value = document.object?["value"]?.string ?? ""
        switch document.object?["kind"]?.string {
        case "contract": self = .contract(value)
        case "domain": self = .domain(value)
        case "name": self = .name
        case _: return nil
        }
    }

    /// For programs.
    var document: JSON {
        switch self {
        case .contract(let id): ["kind": "contract", "value": .string(id)]
        case .domain(let domain): ["kind": "domain", "value": .string(domain)]
        case .name: ["kind": "name", "value": .null]
        }
    }
}

extension DuplicatesPage.Side {
    fileprivate init(_ row: AccountRow, _ currency: String) {
        id = row.id.text
        name = row.report.name
        externalID = row.report.externalID
        link = Links.account(row.id.text)
        arr = row.arr.hundredths.map { Wording.hundredths($0, currency) } ?? "–"
        revenue = Links.accountRevenue(row.id.text)
    }
}

extension MergedLine {
    init(_ link: Merges.Link, _ workspace: Workspace, _ team: Team) {
        let profile = workspace.state(of: link.part)?.observations.profile
        name = profile?["name"]?.string ?? link.part.text
        externalID = profile?["id"]?.string ?? link.part.text
        survivor = workspace.row(link.survivor.text)?.report.name ?? link.survivor.text
        survivorLink = Links.account(link.survivor.text)
        let at = Wording.instant(link.at, workspace.programme.defaultZoneRules)
        words = "merged by \(team.name(link.by)), \(at)" + (link.reason.isEmpty ? "" : ": \(link.reason)")
        undo = Links.mergeUndoing(link.survivor.text)
        part = link.part.text
    }
}

extension Instant {
    fileprivate static var distantFuture: Instant { Instant(milliseconds: .max) }
}
