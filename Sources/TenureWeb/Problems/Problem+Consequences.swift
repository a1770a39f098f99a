import HTTPTypes

extension Problem.Code {
    /// Unreadable is 400, readable but wrong is 422, later is 429 or 503.
    var status: HTTPResponse.Status {
        switch self {
        case .malformedRequest, .malformedJSON, .invalidUTF8, .numberOutOfRange, .jsonTooDeep, .duplicateName,
            .tooManyMembers, .invalidParameter, .invalidCursor, .invalidIdempotencyKey:
            .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden, .csrf, .approverMustDiffer: .forbidden
        case .notFound, .dayToCome, .dayRunning, .dayBeforeFirst, .dayNotRecorded, .linkInvalid: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .requestTimeout: .requestTimeout
        case .commandRefused, .nothingWaits, .nothingToUndo, .noFence, .proposalStale, .proposalReplaced: .conflict
        case .bodyTooLarge, .batchTooLarge: .contentTooLarge
        case .uriTooLong: .uriTooLong
        case .unsupportedMediaType, .unsupportedEncoding: .unsupportedMediaType
        case .invalidCharacter, .valueTooLong, .validationFailed, .idempotencyKeyReused: .unprocessableContent
        case .overloaded: .tooManyRequests
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .storageFull, .fenced, .shuttingDown, .starting, .unavailable: .serviceUnavailable
        }
    }

    /// Fields that go with the status whatever the request was.
    var standingFields: [(HTTPField.Name, String)] {
        switch self {
        case .unauthenticated: [(.wwwAuthenticate, #"Bearer realm="tenure", Basic realm="tenure""#)]
        case .overloaded, .shuttingDown, .starting: [(.retryAfter, "1")]
        case .storageFull, .fenced, .unavailable: [(.retryAfter, "30")]
        case .malformedRequest, .malformedJSON, .invalidUTF8, .numberOutOfRange, .jsonTooDeep, .duplicateName,
            .tooManyMembers, .invalidParameter, .invalidCursor, .invalidIdempotencyKey, .forbidden, .csrf,
            .notFound, .dayToCome, .dayRunning, .dayBeforeFirst, .dayNotRecorded,
            .linkInvalid, .methodNotAllowed, .notAcceptable, .requestTimeout, .commandRefused, .bodyTooLarge,
            .batchTooLarge, .uriTooLong, .unsupportedMediaType, .unsupportedEncoding, .invalidCharacter,
            .valueTooLong,
            .validationFailed, .idempotencyKeyReused, .headersTooLarge, .approverMustDiffer, .nothingWaits,
            .nothingToUndo, .noFence, .proposalStale, .proposalReplaced:
            []
        }
    }

    var title: String {
        switch self {
        case .malformedRequest: "The request is malformed"
        case .malformedJSON: "The body is no JSON"
        case .invalidUTF8: "A text is not UTF-8"
        case .numberOutOfRange: "A number is out of range"
        case .jsonTooDeep: "The JSON is nested too deep"
        case .duplicateName: "A name comes twice"
        case .tooManyMembers: "Too many members"
        case .invalidCharacter: "A character is not allowed"
        case .valueTooLong: "A value is too long"
        case .invalidParameter: "A parameter is wrong"
        case .invalidCursor: "The cursor is wrong"
        case .invalidIdempotencyKey: "The idempotency key is wrong"
        case .unauthenticated: "A key or a sign-in is needed"
        case .forbidden: "Not allowed"
        case .csrf: "The form did not come from this site"
        case .notFound: "Not found"
        case .dayToCome: "The day has not come yet"
        case .dayRunning: "The day is still running"
        case .dayBeforeFirst: "Before the account's first event"
        case .dayNotRecorded: "Nothing is recorded for the day"
        case .linkInvalid: "The link does not work"
        case .methodNotAllowed: "Method not allowed"
        case .notAcceptable: "No acceptable form of answer"
        case .requestTimeout: "The request took too long to arrive"
        case .commandRefused: "The command could not be carried out"
        case .approverMustDiffer: "Another person must approve it"
        case .nothingWaits: "Nothing waits for approval"
        case .nothingToUndo: "There is nothing to undo"
        case .noFence: "Messages leave already"
        case .proposalStale: "The proposal was made over another version"
        case .proposalReplaced: "Another proposal waits"
        case .bodyTooLarge: "The body is too large"
        case .batchTooLarge: "The batch is too large"
        case .uriTooLong: "The address is too long"
        case .unsupportedMediaType: "Unsupported media type"
        case .unsupportedEncoding: "Unsupported encoding"
        case .validationFailed: "Something in the body is wrong"
        case .idempotencyKeyReused: "The idempotency key was used for another request"
        case .overloaded: "Too many requests"
        case .headersTooLarge: "The headers are too large"
        case .storageFull: "There is no room left"
        case .fenced: "The workspace is read-only"
        case .shuttingDown: "The server is stopping"
        case .starting: "The server is starting"
        case .unavailable: "Not available at the moment"
        }
    }
}
