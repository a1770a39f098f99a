import TenureCore
import TenureEngine
import TenureInsight
import TenureRuntime
import TenureStore

/// What one reads first: where the portfolio stands, who needs someone, and what the warnings were worth.
enum OverviewPages {
    static let routes: [Route] = [
        .page(Links.home) { call, visitor in try await overview(call, visitor) },
        .page(Links.renewals) { call, visitor in
            let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
            let overview = try await visitor.workspace.overview()
            let shell = try await Shell("Renewals of the quarter", visitor, call.house)
            return try Templates.page("renewals", RenewalsPage(shell, overview, cursor: cursor, visitor.workspace))
        },
        .page(Links.warnings) { call, visitor in
            let cursor = try call.query(allowing: ["cursor"]).filled("cursor")
            let verdict = try await visitor.workspace.warningRecord()
            let shell = try await Shell("Would it have warned you?", visitor, call.house)
            return try Templates.page("warnings", WarningsPage(shell, verdict, cursor: cursor, visitor.workspace))
        },
    ]

    private static func overview(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        let workspace = visitor.workspace
        // Asked before the page is made, so that nothing falls between.
        let live = LivePart.happened.address(workspace)
        let newest = try await workspace.chronicles { $0.newest }
        let seed = try await workspace.read { try $0.setting(SampleData.seedSetting) }
        let model = OverviewPage(
            try await Shell("Overview", visitor, call.house), try await workspace.overview(),
            try await workspace.warningRecord(), newest, workspace, seed: seed, live: live)
        return try Templates.page("overview", model)
    }
}
