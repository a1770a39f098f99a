import HTTPTypes
package import Logging
package import TenureRuntime

/// All routes of a house: a request in, an answer out. Knows no socket.
package struct Site: Sendable {
    let house: House
    let logger: Logger
    let routes: [Route]

    package init(house: House, logger: Logger) {
        self.house = house
        self.logger = logger
        routes = Self.routes
        Uptime.begin()
    }

    /// Every route, by capability; the first that fits answers.
    static let routes: [Route] =
        Intake.routes + APIRoutes.all + Probes.routes + SignIn.routes + OverviewPages.routes + TodayPages.routes + LiveRoutes.routes
        + AccountPages.routes + UndoPages.routes + BulkPages.routes + ViewPages.routes + SearchPages.routes + DayPages.routes
        + MetricPages.routes + PortfolioPages.routes + KPIPages.routes
        + SignalPages.routes + OutboxPages.routes + DataPages.routes + MergePages.routes
        + SetUpPages.routes + TeamPages.routes + KeyPages.routes + SampleDataPages.routes + ImportPages.routes
        + ProblemPages.routes
        + AppearancePages.routes + DesignPages.routes + Assets.routes + Script.routes

    /// Never throws: whatever goes wrong becomes a problem document or a problem page.
    package func answer(_ incoming: Incoming) async -> Answer {
        let call = Call(incoming, house: house)
        let lane = call.lane
        guard lane.isNeeded else { return await answer(call) }
        return await withTaskExecutorPreference(lane) { await answer(call) }
    }

    private func answer(_ call: Call) async -> Answer {
        let found = find(call)
        var answer: Answer
        do {
            try checkHead(call)
            answer = try await respond(call, found)
        } catch let problem as Problem {
            answer = render(problem, call, found.audience(call))
        } catch let refusal as WriterRefusal {
            // Said once where it began; a line for each sender would help to fill the disk.
            answer = render(Problem(refusal), call, found.audience(call))
        } catch {
            logger.error("A request failed", metadata: ["path": "\(Log.path(call))", "error": "\(error)"])
            answer = render(Problem(error), call, found.audience(call))
        }
        if call.method == .head { answer.body = [] }
        return answer.protected(for: found.audience(call))
    }

    private func respond(_ call: Call, _ found: Found) async throws -> Answer {
        switch found {
        case .route(let route, let parameters):
            try checkAccept(call, route)
            var call = call
            call.parameters = parameters
            return try await route.handle(call)
        case .otherMethods(let methods):
            throw Problem(.methodNotAllowed, "This address answers \(methods).", fields: [.allow: methods])
        case .nothing: throw Problem(.notFound, "There is nothing at this address.")
        }
    }

    private func render(_ problem: Problem, _ call: Call, _ audience: Route.Audience) -> Answer {
        switch audience {
        case .program: problem.document
        case .person: ProblemPages.page(problem, call)
        }
    }
}

extension Call {
    /// Of the workspace that it is probably for: who may do what is asked later.
    fileprivate var lane: Lane {
        let secret = try? Credential.secret(self)
        let session = SessionCookie.value(self).flatMap { house.session($0) }
        return secret.flatMap { house.lane(ofSecret: $0) } ?? session?.workspace.lane ?? house.strangers
    }
}

// MARK: - Finding a route

extension Site {
    enum Found: Sendable {
        case route(Route, [String: String])
        /// The path exists for these methods.
        case otherMethods(String)
        case nothing

        /// An address that is no route's is shown as a page only to who asks for one.
        func audience(_ call: Call) -> Route.Audience {
            if case .route(let route, _) = self { return route.audience }
            return call.fields[.accept]?.contains("text/html") == true ? .person : .program
        }
    }

    private func find(_ call: Call) -> Found {
        let wanted = call.method == .head ? .get : call.method
        var methods: [String] = []
        for route in routes {
            guard let parameters = route.match(call.segments) else { continue }
            if route.method == wanted { return .route(route, parameters) }
            if !methods.contains(route.method.rawValue) { methods.append(route.method.rawValue) }
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods.joined(separator: ", "))
    }

    private func checkHead(_ call: Call) throws {
        guard call.incoming.target.utf8.count <= WebLimits.targetBytesMax else {
            throw Problem(.uriTooLong, "An address has at most 8 KiB.")
        }
        let bytes = call.fields.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        // The Host field has become the authority.
        guard bytes <= WebLimits.headerBytesMax, call.fields.count + 1 <= WebLimits.headerFieldsMax else {
            throw Problem(.headersTooLarge, "Headers have at most 16 KiB and 100 fields.")
        }
        // The first Host is the authority; others are still among the fields.
        guard call.incoming.authority != nil, call.fields[.host] == nil else {
            throw Problem(.malformedRequest, "A request has exactly one Host field.")
        }
    }

    /// Programs are answered in JSON; who takes only something else is told so.
    private func checkAccept(_ call: Call, _ route: Route) throws {
        guard route.audience == .program, let accept = call.fields[.accept], call.path != Links.metrics else {
            return
        }
        let takes = ["*/*", "application/*", "json"].contains { accept.contains($0) }
        guard takes else { throw Problem(.notAcceptable, "Answers here are JSON.") }
    }
}

// MARK: - Headers of every answer

extension Answer {
    func protected(for audience: Route.Audience) -> Answer {
        var answer = self
        answer.fields[.xContentTypeOptions] = "nosniff"
        answer.fields[.referrerPolicy] = "no-referrer"
        if answer.fields[.cacheControl] == nil { answer.fields[.cacheControl] = "no-store" }
        guard audience == .person else { return answer }
        answer.fields[.contentSecurityPolicy] =
            fields[.contentSecurityPolicy] ?? "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'"
        answer.fields[.crossOriginOpenerPolicy] = "same-origin"
        answer.fields[.crossOriginResourcePolicy] = "same-origin"
        return answer
    }
}

enum Log {
    /// The path without what a link or a query may reveal.
    static func path(_ call: Call) -> String { "/" + (call.segments.first.map { String($0) } ?? "") }
}
