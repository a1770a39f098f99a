import TenureCore
import TenureEngine
import TenureProgramme

/// Something that a person or a program may ask for at an account: from its fields to facts.
struct Command: Sendable {
    /// What the reader of a command may look at.
    struct Context: Sendable {
        let programme: CompiledProgramme
        /// The account's plays as they are now.
        let plays: [PlayInstance]
        /// Names of the path: role, flag, play number, step, task, signal.
        let parameters: [String: String]
        /// Who asks, as facts and pages name them.
        let author: String
    }

    struct Outcome: Sendable {
        var facts: [(type: String, data: JSONObject)]
        /// The text of a note: kept in a row that can be erased, not in the fact.
        var note: String?

        init(_ type: String, _ data: JSONObject, note: String? = nil) {
            facts = [(type, data)]
            self.note = note
        }
    }

    let read: @Sendable (inout CommandFields, Context) throws -> Outcome

    func outcome(_ object: JSONObject, _ context: Context) throws -> Outcome {
        var fields = CommandFields(object)
        let outcome = try read(&fields, context)
        try fields.finish()
        return outcome
    }
}

extension Command.Context {
    /// A number of the path; anything else is an address that does not exist.
    func number(_ name: String) throws -> JSON {
        guard let text = parameters[name], let number = Int32(text), number >= 0, String(number) == text
        else {
            throw Problem(.notFound, "There is nothing at this address.")
        }
        return .int(Int64(number))
    }

    /// The play of the path, as facts name it; of one that is not there the number alone, and the engine refuses it.
    func play() throws -> JSONObject {
        let number = try number("number")
        return plays.lazy.map(\.reference).first { $0["number"] == number } ?? ["number": number]
    }

    func name(_ name: String) -> JSON { .string(parameters[name] ?? "") }
}
