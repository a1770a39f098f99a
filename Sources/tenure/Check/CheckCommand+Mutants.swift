import Foundation
import TenureAuthoring
import TenureCore
import TenureRuntime

extension CheckCommand {
    /// Whether every part of the programme is missed by somebody when it is deleted.
    func checkMutants(_ name: String) async throws -> Bool {
        let draft = try draft(name)
        let removals = draft.removals.filter { removal in
            (clauses || removal.depth != .clause) && (only.map { removal.title.contains($0) } ?? true)
        }
        let check = MutationCheck(draft, zones: embeddedProgrammes.zones)
        let mutants = await check.mutants(of: removals, width: ProcessInfo.processInfo.activeProcessorCount) { done in
            bar("\(name): \(done) of \(removals.count) deleted in turn", Double(done) / Double(max(1, removals.count)))
        }
        endBar()
        let report = MutantsReport(programme: name, mutants: mutants, shownLines: draft.shownLines)
        print(json ? report.json.text : report.text)
        return report.survivors.isEmpty
    }

    /// The programme in a form that can be read again with a part deleted or moved.
    func draft(_ name: String) throws -> ProgrammeDraft {
        if let draft = embeddedProgrammes.draft(try programmeFolder(name)) { return draft }
        throw Failure(
            code: "programme-has-mistakes", what: "\(name) has mistakes as it is.", remedy: "tenure check \(name)")
    }
}
