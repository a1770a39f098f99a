import ArgumentParser

struct LakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lake",
        abstract: "Facts as Parquet files, by workspace and day, for DuckDB, pandas, Spark and others.",
        discussion: """
            tenure lake seal --data tenure-data --to lake
            duckdb -c "SELECT type, count(*) FROM 'lake/workspace=acme/day=2026-11-21/*.parquet' GROUP BY type"
            """,
        subcommands: [LakeSealCommand.self, LakeShowCommand.self, LakeEraseCommand.self])
}

/// Which lake, made of which data.
struct LakeOptions: ParsableArguments {
    @Option(help: "Folder that holds everything.")
    var data = "tenure-data"

    @Option(help: "Folder of the lake. Default: lake, in the data folder.")
    var to: String?

    @Option(help: "Workspace. Default: all.")
    var workspace: String?

    @Flag(help: "Print JSON.")
    var json = false

    var folder: DataFolder { DataFolder(data) }
    var lake: String { to ?? folder.lake }

    func slugs() throws -> [String] {
        let slugs = try folder.requireWorkspaces()
        guard let workspace else { return slugs }
        guard slugs.contains(workspace) else {
            throw Failure(
                code: "no-such-workspace", what: "There is no workspace \(workspace).",
                remedy: "There are: \(slugs.joined(separator: ", ")).")
        }
        return [workspace]
    }
}
