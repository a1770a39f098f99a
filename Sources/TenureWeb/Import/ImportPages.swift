import HTTPTypes
import TenureCore
import TenureRuntime

/// Bringing one's own accounts as files: uploaded, told what the columns hold, looked at, taken in.
enum ImportPages {
    static let routes: [Route] = [
        .page(Links.imports) { call, visitor in
            _ = try call.query(allowing: [])
            return try await list(call, visitor)
        },
        Route(.post, Links.imports, for: .person) { call in
            guard let visitor = Visitor(call) else { return .seeOther(Links.signIn) }
            return try await upload(call, visitor)
        },
        .form(Links.data + "/live") { _, visitor, _ in
            try await visitor.workspace.goLive(source: visitor.session.teammate)
            return .seeOther(Links.imports)
        },
        .page(Links.imports + "/{id}") { call, visitor in
            _ = try call.query(allowing: [])
            return try await page(call, visitor, try find(call, visitor))
        },
        .form(Links.imports + "/{id}/columns") { call, visitor, fields in
            try await check(call, visitor, fields)
        },
        .form(Links.imports + "/{id}/back") { call, visitor, _ in
            guard try desk(call).goBack(call["id"], in: visitor.workspace) else { throw busy }
            return .seeOther(Links.importing(call["id"]))
        },
        .form(Links.imports + "/{id}/taking") { call, visitor, fields in
            let one = try find(call, visitor)
            let choices = ImportChoicesForm.read(fields, one)
            guard try desk(call).take(one.id, choices, in: visitor.workspace) else { throw busy }
            return .seeOther(Links.importing(one.id))
        },
        .form(Links.imports + "/{id}/removal") { call, visitor, _ in
            let (files, id, workspace) = (try desk(call), call["id"], visitor.workspace.id)
            try await offPool { files.discard(id, in: workspace) }
            return .seeOther(Links.imports)
        },
        .page(Links.imports + "/{id}/report") { call, visitor in
            Answer.text(ImportReport(try find(call, visitor)).text, type: "text/csv; charset=utf-8")
                .adding(.contentDisposition, "attachment; filename=\"refused-rows.csv\"")
        },
    ]

    private static func desk(_ call: Call) throws -> ImportDesk {
        guard let desk = call.house.imports else {
            throw Problem(.unavailable, "This server takes no files.")
        }
        return desk
    }

    private static func find(_ call: Call, _ visitor: Visitor) throws -> Import {
        guard let one = try desk(call).find(call["id"], in: visitor.workspace.id) else {
            throw Problem(
                .notFound,
                "There is no such import any more: files are forgotten when the server stops. Bring them again."
            )
        }
        return one
    }

    private static var busy: Problem {
        Problem(.commandRefused, "This import is running; wait until it is over.")
    }

    private static func list(_ call: Call, _ visitor: Visitor, problem: Problem? = nil) async throws -> Answer
    {
        let summaries = try await ImportSummary.all(of: visitor.workspace)
        let open = call.house.imports?.all(of: visitor.workspace.id) ?? []
        let model = ImportsPage(
            shell: try await Shell("Import", visitor, call.house), visitor, open, summaries,
            try await Team(of: visitor.workspace), problem: problem?.detail)
        return try Templates.page("imports", model, status: problem?.code.status ?? .ok)
    }

    static func page(
        _ call: Call, _ visitor: Visitor, _ one: Import, problem: Problem? = nil
    ) async throws -> Answer {
        let model = ImportPage(
            shell: try await Shell("Import", visitor, call.house), visitor, one, problem: problem?.detail)
        let answer = try Templates.page("import", model, status: problem?.code.status ?? .ok)
        // Who has no scripts sees how far it is all the same.
        return one.isRunning ? answer.adding(.refresh, "2") : answer
    }

    private static func upload(_ call: Call, _ visitor: Visitor) async throws -> Answer {
        try Form.checkOrigin(call)
        let desk = try desk(call)
        if visitor.workspace.isFull { throw WriterRefusal.storageFull }
        let upload = try Upload(call, visitor, desk)
        do {
            try await call.incoming.pieces(WebLimits.uploadBytesMax) { try await upload.take($0) }
            try await upload.finish()
            try await begin(upload, visitor, desk)
            return .seeOther(Links.importing(upload.id))
        } catch {
            let id = upload.id
            try await offPool { desk.removeFolder(id) }
            guard let problem = error as? Problem, problem.code == .validationFailed else { throw error }
            return try await list(call, visitor, problem: problem)
        }
    }

    private static func begin(_ upload: Upload, _ visitor: Visitor, _ desk: ImportDesk) async throws {
        let (id, names, teammate, workspace) = (
            upload.id, await upload.names, visitor.session.teammate, visitor.workspace
        )
        guard !names.isEmpty else { throw Problem(.validationFailed, "Choose at least one file.") }
        do {
            try await offPool { try desk.begin(id, names, by: teammate, in: workspace) }
        } catch let mistake as CSVReader.Mistake {
            throw Problem(
                .validationFailed, "A file cannot be read as CSV: line \(mistake.line): \(mistake.what).")
        }
    }

    private static func check(_ call: Call, _ visitor: Visitor, _ fields: NamedTexts) async throws -> Answer {
        let one = try find(call, visitor)
        let plans = ColumnsForm.plans(fields, one, visitor.workspace.programme)
        do {
            try ColumnsForm.check(plans, visitor.workspace.programme)
            guard try desk(call).check(one.id, plans, in: visitor.workspace) else { throw busy }
            return .seeOther(Links.importing(one.id))
        } catch let problem as Problem where problem.code == .validationFailed {
            var returned = one
            for index in returned.files.indices {
                returned.files[index].plan = plans[returned.files[index].kind] ?? returned.files[index].plan
            }
            return try await page(call, visitor, returned, problem: problem)
        }
    }
}
