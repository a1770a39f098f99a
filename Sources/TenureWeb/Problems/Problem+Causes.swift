import HTTPTypes
import TenureCore
import TenureRuntime
import TenureStore

extension Problem {
    init(_ refusal: JSONRefusal) {
        self.init(
            Code(refusal.reason),
            "The body is not acceptable JSON at byte \(refusal.offset): \(refusal.reason.words).")
    }

    /// What went wrong outside of the request: told without any detail of the machine.
    init(_ error: any Error) {
        switch error {
        case let refusal as WriterRefusal: self.init(refusal)
        case StorageFailure.full: self.init(WriterRefusal.storageFull)
        default: self.init(.unavailable, "The request could not be carried out; try again soon.")
        }
    }

    private init(_ refusal: WriterRefusal) {
        switch refusal {
        case .overloaded: self.init(.overloaded, "Too much waits already; send this again in a second.")
        case .storageFull: self.init(.storageFull, "There is no room left; what was accepted before is safe.")
        case .shuttingDown: self.init(.shuttingDown, "The server is stopping; send this again soon.")
        case .fenced: self.init(.fenced, "The workspace is read-only until an operator has looked at it.")
        }
    }
}

extension Problem.Code {
    init(_ reason: JSONRefusal.Reason) {
        switch reason {
        case .malformed: self = .malformedJSON
        case .invalidUTF8: self = .invalidUTF8
        case .numberOutOfRange: self = .numberOutOfRange
        case .tooDeep: self = .jsonTooDeep
        case .duplicateName: self = .duplicateName
        case .invalidCharacter: self = .invalidCharacter
        case .tooManyMembers: self = .tooManyMembers
        case .valueTooLong: self = .valueTooLong
        }
    }
}

extension JSONRefusal.Reason {
    var words: String {
        switch self {
        case .malformed: "it breaks the grammar"
        case .invalidUTF8: "a text is not UTF-8"
        case .numberOutOfRange: "a number is out of range"
        case .tooDeep: "it is nested deeper than 32"
        case .duplicateName: "a name comes twice in one object"
        case .invalidCharacter: "a text holds a NUL character"
        case .tooManyMembers: "an object or list has too many members"
        case .valueTooLong: "a text or name is too long"
        }
    }
}
