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

    /// What is rolled up, and its value of each member.
    struct Column: Sendable {
        let name: String
        let measure: PortfolioMeasure
        /// In the order of the members; nil: unknown.
        let values: [Double?]
    }

    let family: AccountFamily
    let lines: [Line]
    /// Each measure once.
    let columns: [Column]
    let programme: CompiledProgramme

    init(_ account: AccountState, _ workspace: Workspace) {
        let programme = workspace.programme
        let family = AccountFamily(of: account.id, in: workspace.rows())
        let declared = programme.programme.rollUps
        self.family = family
        self.programme = programme
        let measured = family.members.map { member in (member, Once { workspace.snapshot(of: member.id) }) }
        var columns: [Column] = []
        for name in declared.map(\.measure) where !columns.contains(where: { isSame($0.name, name) }) {
            guard let measure = PortfolioMeasure(name, programme) else { continue }
            let values = measured.map { member, snapshot in measure.value(of: member, snapshot.value) }
            columns.append(Column(name: name, measure: measure, values: values))
        }
        self.columns = columns
        lines = declared.compactMap { declared in
            columns.first { isSame($0.name, declared.measure) }.map { column in
                Line(declared: declared, rollUp: family.rollUp(column.values))
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

    /// As lists show an account, with what each roll-up takes of it.
    private func member(_ place: Int, _ member: AccountRow) -> JSON {
        guard case .object(var document) = member.report.document else { return .null }
        document["measures"] = .object(
            JSONObject(columns.map { .init($0.name, $0.values[place].map { .double($0) } ?? .null) }))
        return .object(document)
    }

    private var document: JSON {
        [
            "parent": family.parent?.report.document ?? .null,
            "members": .array(zip(0..., family.members).map { place, member in self.member(place, member) }),
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
