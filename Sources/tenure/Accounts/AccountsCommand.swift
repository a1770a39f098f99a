import ArgumentParser

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "List accounts with score and band, worst first; find two of one customer, make them one, and two again.",
        discussion: """
            tenure accounts                                            score and band of each, worst first
            tenure accounts duplicates                                 which two may be one customer, and why
            tenure accounts merge acme-prod --into crm-1 --by ana      one account from here on
            tenure accounts unmerge acme-prod --from crm-1 --by ana    two again

            `list` is meant where no other is named: its flags are those of tenure accounts list --help.
            """,
        subcommands: [
            AccountListCommand.self, DuplicatesCommand.self, MergeCommand.self, UnmergeCommand.self,
        ], defaultSubcommand: AccountListCommand.self)
}
