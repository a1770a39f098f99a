import HTTPTypes
import TenureCore

/// The API of a workspace, version 1.
enum APIRoutes {
    static let all: [Route] =
        reads + writes + BulkDocuments.routes + OutboxRoutes.all + DataDocuments.routes + MergeDocuments.routes + versions + effects

    private static let effects: [Route] = [
        .read("/effects") { .json(try await EffectsDocuments.waiting($0.workspace)) },
        Route(.post, "/api/v1/effects/release") { try await EffectsDocuments.release(APICall($0)) },
    ]

    private static let versions: [Route] = [
        Route(.post, "/api/v1/programme/plan") { try await VersionDocuments.plan(APICall($0)) },
        Route(.post, "/api/v1/programme/versions") { try await VersionDocuments.publish(APICall($0)) },
        Route(.post, "/api/v1/programme/approval") { try await VersionDocuments.approve(APICall($0)) },
        Route(.post, "/api/v1/programme/rollback") { try await VersionDocuments.rollback(APICall($0)) },
    ]

    private static let reads: [Route] = [
        .read("/accounts") { try AccountDocuments.list($0) },
        .read("/accounts/{id}") { try await AccountDocuments.one($0) },
        .read("/accounts/{id}/timeline") { try await TimelineDocuments.page($0) },
        .read("/accounts/{id}/explanation") { try await ExplanationDocuments.one($0) },
        .read("/accounts/{id}/days/{day}") { try await DayDocuments.one($0) },
        .read("/accounts/{id}/metrics/{metric}") { try await MetricDocuments.one($0) },
        .read("/accounts/{id}/told/{kind}/{name}") { try await MetricDocuments.told($0) },
        .read("/accounts/{id}/revenue") { try await AccountRevenueTrail.document($0) },
        .read("/accounts/{id}/family") { try FamilyView.document($0) },
        .read("/portfolio") { try await PortfolioDocuments.one($0) },
        .read("/portfolio/kpis") { try await KPIDocuments.list($0) },
        .read("/portfolio/kpis/{kpi}") { try await KPIDocuments.one($0) },
        .read("/portfolio/kpis/{kpi}/accounts") { try await KPIDocuments.accounts($0) },
        .read("/portfolio/revenue") { try await RevenueDocuments.report($0) },
        .read("/portfolio/figures") { try await FigureDocuments.all($0) },
        .read("/search") { try await SearchPages.document($0) },
        .read("/signals") { try SignalDocuments.list($0) },
        .read("/signals/precision") { try await SignalDocuments.precision($0) },
        .read("/plays") { try WorkDocuments.plays($0) },
        .read("/tasks") { try WorkDocuments.tasks($0) },
        .read("/programme/versions") { try await VersionDocuments.list($0) },
    ]

    private static let step = "/plays/{number}/steps/{step}"

    private static let writes: [Route] = [
        .write(.post, "/grades", .grade),
        .write(.post, "/pulse", .pulse),
        .write(.post, "/flags", .raiseFlag),
        .write(.delete, "/flags/{flag}", .clearFlag),
        .write(.post, "/churn-notice", .churnNotice),
        .write(.post, "/confirmed-value", .confirmedValue),
        .write(.post, "/notes", .note),
        .write(.put, "/owners/{role}", .assignOwner),
        .write(.post, "/plays", .startPlay),
        .write(.post, "/plays/{number}/pause", .pausePlay),
        .write(.post, "/plays/{number}/resume", .resumePlay),
        .write(.post, "/plays/{number}/stop", .stopPlay),
        .write(.post, step + "/tasks/{task}/completion", .completeTask),
        .write(.delete, step + "/tasks/{task}/completion", .reopenTask),
        .write(.post, step + "/sign-off", .signOff),
    ] + SignalRoutes.writes
}
