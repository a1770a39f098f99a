import TenureCore
import TenureRuntime
import TenureSQLite
import TenureSegments
import TenureStore

extension WorkspaceCheck {
    /// From the first block on, under the versions of the programme that the store keeps.
    func replay(_ store: SQLiteStore, _ log: ArchivedLog, _ report: inout Report) throws {
        guard let first = try store.programmes().first?.number, let row = try store.programme(first) else {
            guard log.end == 0 else {
                throw Failure(
                    code: "programme-missing", what: "\(slug): no version of the programme is kept.",
                    remedy: "Start the server once on the data folder: it keeps what it runs.")
            }
            return
        }
        do {
            let programme = embeddedProgrammes.compile(try embeddedProgrammes.load(row), number: first)
            let secret = try folder.readSecret()
            let writer = Writer(
                workspace: WorkspaceID(slug),
                keys: WorkspaceKeys(secret: secret, workspace: WorkspaceID(slug)), log: log,
                store: store, composer: PlainTextComposer(), programme: programme, library: embeddedProgrammes
            )
            var check = try ReplayCheck(writer)
            add(
                try check.run {
                    bar("\(slug): replaying block \($0) of \($1)", Double($0) / Double(max(1, $1)))
                }, &report)
        } catch let divergence as Divergence {
            report.add(.problem(.replayDiffers(divergence, in: slug)))
        } catch let unreadable as UnreadableVersion {
            report.add(.problem(.unreadable(unreadable, of: slug)))
        }
    }

    private func add(_ findings: ReplayCheck.Findings, _ report: inout Report) {
        let before = report.count(.problem)
        if let account = findings.misnamed.first {
            report.add(
                .problem(
                    "backup-key", "\(slug): secret.key is not the one that \(account) was named with.",
                    "Put the secret.key of the same data folder beside it."))
        }
        if let id = findings.repeated.first {
            report.add(
                .problem(
                    "event-twice",
                    "\(slug): \(findings.repeated.count) events are in the log twice, such as \(id).",
                    "Keep the folder and report it: no writer of ours leaves this behind."))
        }
        if let account = findings.missaved.first {
            report.add(
                .problem(
                    "saved-state-differs",
                    "\(slug): \(findings.missaved.count) saved accounts are not what their facts come to, such as \(account).",
                    "Use the version of tenure that wrote them; if it was this one, take an earlier backup."))
        }
        guard report.count(.problem) == before else { return }
        report.add(
            .ok(
                "replay",
                "\(slug): \(findings.facts) facts come to the \(findings.decisions) recorded decisions; "
                    + "\(findings.accounts) accounts, states \(findings.digest.prefix(16))"))
    }
}
