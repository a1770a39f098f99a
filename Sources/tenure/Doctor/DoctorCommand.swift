import ArgumentParser
import TenureCore

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say why a server does not start, or what will soon stop it.",
        discussion: """
            Takes the flags and variables of `tenure serve`, looks at everything that a start needs, in the order in which a \
            start needs it, and changes nothing. Each line says ok, warning or problem, and what to do.
            """)

    @OptionGroup var options: ServerOptions

    func run() throws {
        var report = Report(isSilent: options.json)
        try Doctor(options: options).examine(&report)
        print(options.json ? report.document().text : report.sum)
        if !report.isWell { throw ExitCode(1) }
    }
}

/// Everything that a start needs, in that order.
struct Doctor {
    let options: ServerOptions

    func examine(_ report: inout Report) throws {
        let folder = DataFolder(options.dataDirectory(default: "tenure-data"))
        report.add(MachineExamination().findings)
        report.add(AddressExamination(address: try options.address(), folder: folder).findings)
        report.add(OutgoingExamination(options: options, folder: folder).findings)
        let examination = FolderExamination(folder: folder)
        report.add(examination.findings)
        guard examination.isReadable else { return }
        report.add(SpaceExamination(folder: folder).findings)
        let owner = LockHolder(folder.lock)
        report.add(owner.finding(folder))
        report.add(SecretsExamination(folder: folder).findings)
        for slug in (try? folder.slugs()) ?? [] {
            report.add(WorkspaceExamination(folder: folder, slug: slug, isStill: owner.pid == nil).findings)
        }
    }
}
