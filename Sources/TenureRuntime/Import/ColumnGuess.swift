package import TenureCore
package import TenureEngine
import TenureInsight
import TenureProgramme

/// Which column holds what, by its name, and by its first values where the name says nothing.
package enum ColumnGuess {
    /// A field's id for each column of the file; empty: none is likely. No field twice.
    package static func columns(_ head: TableHead, _ fields: [ImportField], _ zone: ZoneRules) -> [String] {
        var guessed = Array(repeating: "", count: head.header.count)
        var open = fields
        for rank in 0...3 {
            for (place, title) in head.header.enumerated() where guessed[place].isEmpty {
                let letters = plain(title)
                guard
                    let found = open.firstIndex(where: {
                        Self.rank(letters, head.values(place), $0, zone) == rank
                    })
                else { continue }
                guessed[place] = open.remove(at: found).id
            }
        }
        return guessed
    }

    /// 0: called so; 1: called by another name of it; 2: that other name is a part; 3: the values look like it.
    private static func rank(
        _ letters: String, _ values: [String], _ field: ImportField, _ zone: ZoneRules
    ) -> Int? {
        guard !letters.isEmpty else { return nil }
        if letters == plain(field.id) || letters == plain(field.title) {
            return 0
        }
        if field.otherNames.contains(letters) { return 1 }
        if field.otherNames.contains(where: { $0.utf8.count > 4 && letters.contains($0) }) { return 2 }
        guard !values.isEmpty else { return nil }
        switch field.id {
        case "email" where values.allSatisfy({ $0.contains("@") }): return 3
        case "time" where values.allSatisfy({ LooseTime.instant($0, zone) != nil }): return 3
        case _: return nil
        }
    }

    private static let useWords = [
        "login", "logon", "signin", "session", "visit", "loggedin", "signedin", "pageview",
    ]

    /// The type of event that a file's own word may mean.
    package static func type(_ word: String, _ programme: CompiledProgramme) -> String? {
        let letters = plain(word)
        guard !letters.isEmpty else { return nil }
        let types = programme.programme.events
        if let same = types.first(where: {
            plain($0.type) == letters || plain($0.title) == letters
        }) {
            return same.type
        }
        let isUse = useWords.contains { letters.contains($0) }
        return isUse ? types.first { $0.isActivity }?.type : nil
    }

    private static func plain(_ text: String) -> String { FoldedText(lettersOf: text).text }
}
