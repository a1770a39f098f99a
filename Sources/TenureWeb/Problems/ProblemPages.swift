import HTTPTypes

/// Problems for people: what went wrong here, and what each name means.
enum ProblemPages {
    static let routes: [Route] = [
        Route(.get, "/problems/{slug}", for: .person) { call in
            guard let code = Problem.Code(rawValue: call["slug"]) else {
                throw Problem(.notFound, "There is no problem of this name.")
            }
            let model = ProblemPage(
                shell: Shell(code.title, Appearance(call)), code: code.rawValue, status: code.status.code,
                detail: "Answers with this code have the status \(code.status.code).", errors: [])
            return try Templates.page("problem", model)
        }
    ]

    static func page(_ problem: Problem, _ call: Call) -> Answer {
        let model = ProblemPage(
            shell: Shell(problem.code.title, Appearance(call)), code: problem.code.rawValue, status: problem.code.status.code,
            detail: problem.detail, errors: problem.errors.map(\.detail))
        var answer = (try? Templates.page("problem", model, status: problem.code.status)) ?? problem.document
        for field in problem.fields { answer.fields[field.name] = field.value }
        return answer
    }
}

struct ProblemPage {
    let shell: Shell
    let code: String
    let status: Int
    let detail: String
    let errors: [String]
}
