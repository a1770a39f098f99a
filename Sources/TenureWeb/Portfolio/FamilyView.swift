import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme
import TenureRuntime

/// What an account and the accounts below it come to, as the programme declares it.
struct FamilyView: Sendable {
    struct Line: Sendable {
        let declared: FamilyRollUp
        let rollUp: RollUp

        var value: Double? { rollUp.value(declared.kind) }
    }

    let family: AccountFamily
    let lines: [Line]
    let currency: String

    init(_ account: AccountState, _ workspace: Workspace) {
        let programme = workspace.programme
        let family = AccountFamily(of: account.id, in: Portfolio(workspace.accounts(), programme, now: workspace.now))
        self.family = family
        currency = programme.programme.currency
        lines = programme.programme.rollUps.compactMap { declared in
            PortfolioMeasure(declared.measure, programme).map { measure in
                Line(declared: declared, rollUp: family.rollUp(measure) { workspace.snapshot($0) })
            }
        }
    }
}

extension FamilyView {
    static func document(_ api: APICall) throws -> Answer {
        let account = try api.account()
        _ = try api.call.query(allowing: [])
        return .json(FamilyView(account, api.workspace).document)
    }

    private var document: JSON {
        [
            "parent": family.parent?.report.document ?? .null,
            "members": .array(family.members.map(\.report.document)),
            "roll_ups": .array(
                lines.map { line in
                    var members = line.rollUp.members
                    members["measure"] = .string(line.declared.measure)
                    members["roll_up"] = .string(line.declared.kind.rawValue)
                    members["value"] = line.value.map { .double($0) } ?? .null
                    return .object(members)
                }),
            "flaws": .array(
                family.flaws.map { ["id": .string($0.account.text), "flaw": .string($0.kind.rawValue)] }),
        ]
    }
}
