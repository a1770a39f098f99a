/// A programme of one's own: the starter programme with the answers worked into its definitions and its tests.
package enum NewProgramme {
    /// The files; `lost` is empty unless the starter programme is not the one that this was written for.
    package static func make(_ answers: Answers, from starter: ProgrammeFolder) -> (ProgrammeFolder, lost: [String]) {
        // Those that stand at the edges of the starter's own numbers would say nothing of other numbers.
        var edits = TextEdits(ProgrammeFolder(files: starter.files.filter { !$0.path.hasPrefix("tests/edges") }))
        // What people wrote comes last: it may look like something that is yet to be replaced.
        edits.workInHealth(answers)
        edits.workInTerms(answers)
        edits.workInSupport(answers)
        edits.workInFeatureNames(answers)
        edits.settle()
        edits.workInOffer(answers)
        edits.settle()
        edits.workInRenewals(answers)
        edits.settle()
        edits.workInAccounts(answers)
        edits.settle()
        edits.workInEvents(answers)
        return (edits.folder, edits.lost)
    }

    /// What the folder says of itself.
    package static func readme(_ answers: Answers) -> String {
        let rows = Question.allCases.map { "- \($0.text) **\(answers.standard($0))**" }
        return """
            # \(answers.name)

            A programme for Tenure, made by `tenure new` from these answers:

            \(rows.joined(separator: "\n"))

            Comments in the files say where each answer went. `tenure check .` reads the folder and runs its tests;
            `tenure check . --moves` moves every number and names those that no test holds;
            `tenure serve --programme .` runs it.

            """
    }
}
