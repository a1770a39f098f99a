import ArgumentParser

/// The command line: one file a wish, all of it assembled here.
@main
struct Tenure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenure",
        abstract: "Customer success as code: facts in, health explained, the right play out.",
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, InitCommand.self, ServeCommand.self, DemoCommand.self, RemoveSamplesCommand.self, ImportCommand.self, AccountsCommand.self, PortfolioCommand.self, StatsCommand.self,
            RevenueCommand.self,
            ExplainCommand.self, SettingsCommand.self, CELCommand.self, SimulateCommand.self, VerdictCommand.self,
            ReplayCommand.self, PlanCommand.self, PublishCommand.self, ApproveCommand.self, RollbackCommand.self,
            VersionsCommand.self, SchemaCommand.self, NewCommand.self, BackupCommand.self, VerifyCommand.self,
            RestoreCommand.self, LakeCommand.self, ResumeEffectsCommand.self, DoctorCommand.self,
        ])
}

/// What every command can fail with, in one line that says what to do; exit code 1, or 2 for wrong usage.
struct Failure: Error, CustomStringConvertible {
    var code: String
    var what: String
    var remedy: String

    var description: String { "\(what)\n  \(remedy)\n  code: \(code)" }
}
