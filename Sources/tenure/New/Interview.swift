import Foundation
import TenureAuthoring
import TenureRuntime

/// Asks on the terminal, line by line, until every answer can be taken.
struct Interview {
    /// What flags have answered already.
    let given: Set<Question>

    /// - Throws: `input-ended` when there is no more line; nothing has been written then.
    func ask(_ answers: inout Answers) throws {
        let questions = Question.allCases.filter { !given.contains($0) }
        say("A programme of your own in \(questions.count) questions. Enter alone takes what stands in brackets.\n")
        for (number, question) in questions.enumerated() {
            say("\n\(number + 1)/\(questions.count)  \(question.text)\n")
            try ask(question, &answers)
        }
        say("\n")
    }

    private func ask(_ question: Question, _ answers: inout Answers) throws {
        while true {
            say("      [\(answers.standard(question))] ")
            guard let line = readLine() else { throw ended(question) }
            if line.allSatisfy(\.isWhitespace) { return }
            guard let sentence = answers.take(line, for: question, zones: embeddedProgrammes.zones) else { return }
            say("      \(sentence)\n")
        }
    }

    private func ended(_ question: Question) -> Failure {
        say("\n")
        return Failure(
            code: "input-ended", what: "The input ended at the question `\(question.rawValue)`; nothing was written.",
            remedy: "Answer on a terminal, or give --answers FILE, or take the defaults with --defaults.")
    }

    /// Without a buffer: a question must be there before its answer is waited for.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
