import TenureCore
import TenureEngine
import TenureProgramme
import TenureRuntime

/// The columns that a person has added to the list, and the form that adds another.
struct ColumnBar {
    let columns: [Column]
    let action: String
    /// The rest of the list's query, as hidden fields.
    let kept: [Kept]
    let choices: [FormChoice]

    struct Column {
        let title: String
        let isNumber: Bool
        /// The list without it.
        let removal: String
    }

    struct Kept {
        let name: String
        let value: String
    }

    /// What a row has in a column of a person's own.
    struct Cell {
        let title: String
        let isNumber: Bool
        let link: String
        /// nil: nothing is known.
        let text: String?
    }
}

extension ColumnBar {
    init(_ query: AccountQuery, _ programme: CompiledProgramme) throws {
        columns = query.columns.map { column in
            var other = query
            other.columns.removeAll { $0 == column }
            return Column(title: column.title, isNumber: column.isNumber, removal: other.link(Links.accounts))
        }
        action = Links.accounts
        kept = try NamedTexts(encoded: query.text[...]).all.map { Kept(name: $0.name, value: $0.value) }
        choices = ListColumn.all(programme).filter { !query.columns.contains($0) }.map {
            FormChoice(value: $0.id, title: $0.title, isChosen: false)
        }
    }
}

extension [ListColumn] {
    func cells(of id: AccountID, in workspace: Workspace) -> [ColumnBar.Cell] {
        guard !isEmpty, let account = workspace.account(id.text) else { return [] }
        let values = values(of: account, in: workspace)
        let currency = workspace.programme.programme.currency
        return zip(self, values).map { column, value in
            ColumnBar.Cell(
                title: column.title, isNumber: column.isNumber, link: column.link(id.text), text: column.text(value, currency))
        }
    }

    private func values(of account: AccountState, in workspace: Workspace) -> [JSON] {
        var measured: [MetricReading]?
        return map { column in
            column.value(account) {
                let readings = measured ?? workspace.snapshot(account).readings
                measured = readings
                return readings
            }
        }
    }

    /// The same for programs.
    func document(of id: AccountID, in workspace: Workspace) -> JSON {
        guard let account = workspace.account(id.text) else { return .null }
        return .object(JSONObject(zip(self, values(of: account, in: workspace)).map { .init($0.id, $1) }))
    }
}
