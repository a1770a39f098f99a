import HTTPTypes
import TenureCore
import TenureRuntime

/// Why a request is not answered as asked: an RFC 9457 document for programs, a page for people.
package struct Problem: Error, Sendable {
    var code: Code
    /// What is wrong with this request, in one sentence.
    var detail: String
    /// The members of the body that are wrong.
    var errors: [FieldError] = []
    var fields: HTTPFields = HTTPFields()

    struct FieldError: Hashable, Sendable {
        /// JSON pointer, or the name of a form's field.
        var pointer: String
        var type: String
        var detail: String
    }

    init(_ code: Code, _ detail: String, errors: [FieldError] = [], fields: HTTPFields = HTTPFields()) {
        self.code = code
        self.detail = detail
        self.errors = errors
        self.fields = fields
        for (name, value) in code.standingFields where fields[name] == nil { self.fields[name] = value }
    }

    /// The stable names of problems; each is a page below /problems.
    enum Code: String, Sendable, CaseIterable {
        case malformedRequest = "malformed-request"
        case malformedJSON = "malformed-json"
        case invalidUTF8 = "invalid-utf8"
        case numberOutOfRange = "number-out-of-range"
        case jsonTooDeep = "json-too-deep"
        case duplicateName = "duplicate-name"
        case tooManyMembers = "too-many-members"
        case invalidCharacter = "invalid-character"
        case valueTooLong = "value-too-long"
        case invalidParameter = "invalid-parameter"
        case invalidCursor = "invalid-cursor"
        case invalidIdempotencyKey = "invalid-idempotency-key"
        case unauthenticated
        case forbidden
        case csrf
        case notFound = "not-found"
        case dayToCome = "day-to-come"
        case dayRunning = "day-running"
        case dayBeforeFirst = "day-before-first"
        case dayNotRecorded = "day-not-recorded"
        case linkInvalid = "link-invalid"
        case methodNotAllowed = "method-not-allowed"
        case notAcceptable = "not-acceptable"
        case requestTimeout = "request-timeout"
        case commandRefused = "command-refused"
        case approverMustDiffer = "approver-must-differ"
        case nothingWaits = "nothing-waits"
        case nothingToUndo = "nothing-to-undo"
        case proposalStale = "proposal-stale"
        case proposalReplaced = "proposal-replaced"
        case bodyTooLarge = "body-too-large"
        case batchTooLarge = "batch-too-large"
        case uriTooLong = "uri-too-long"
        case unsupportedMediaType = "unsupported-media-type"
        case unsupportedEncoding = "unsupported-encoding"
        case validationFailed = "validation-failed"
        case noFence = "no-fence"
        case idempotencyKeyReused = "idempotency-key-reused"
        case overloaded
        case headersTooLarge = "headers-too-large"
        case storageFull = "storage-full"
        case fenced
        case shuttingDown = "shutting-down"
        case starting
        case unavailable
    }
}

extension Problem {
    /// For commands, which answer as the API does.
    package var codeText: String { code.rawValue }
    package var words: String { detail }

    /// The document of RFC 9457; `message` repeats `detail` for clients that look for it.
    var document: Answer {
        var body: JSONObject = [
            "type": .string(Links.problem(code)), "title": .string(code.title),
            "status": .int(Int64(code.status.code)),
            "code": .string(code.rawValue), "detail": .string(detail), "message": .string(detail),
        ]
        if !errors.isEmpty { body["errors"] = .array(errors.map(\.document)) }
        var answer = Answer.json(.object(body), status: code.status, type: "application/problem+json")
        for field in fields { answer.fields[field.name] = field.value }
        return answer
    }
}

extension Problem.FieldError {
    var document: JSON {
        ["pointer": .string(pointer), "type": .string(type), "detail": .string(detail)]
    }
}
