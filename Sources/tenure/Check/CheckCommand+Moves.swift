import Foundation
import TenureAuthoring
import TenureCore
import TenureRuntime

extension CheckCommand {
    /// Whether enough of the numbers can not be moved without a scenario noticing.
    func checkMoves(_ name: String) async throws -> Bool {
        let draft = try draft(name)
        let moves = draft.moves.filter { move in only.map { move.title.contains($0) } ?? true }
        let check = MutationCheck(draft, zones: embeddedProgrammes.zones)
        let moved = await check.moved(moves, width: ProcessInfo.processInfo.activeProcessorCount) { done in
            bar("\(name): \(done) of \(moves.count) numbers moved", Double(done) / Double(max(1, moves.count)))
        }
        endBar()
        let report = MovesReport(programme: name, moved: moved, atLeast: atLeast)
        print(json ? report.json.text : report.text)
        return report.isEnough
    }
}
