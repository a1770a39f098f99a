import TenureCore
import TenureEngine
import TenureProgramme

/// What taking a file in would do, before anything is: how many rows are sound, and what each other one lacks.
package struct FileReview: Hashable, Sendable {
    package private(set) var rows = 0
    package private(set) var sound = 0
    package private(set) var refused = RowRefusals()
    /// Rows by the file's words for what happened that the programme does not know.
    package private(set) var words: [String: Int] = [:]
    /// Rows by the account that they name, in files of other things.
    package private(set) var subjects: [String: Int] = [:]
    /// Names of accounts by their ids, in a file of accounts.
    package private(set) var accounts: [String: String] = [:]

    private static let wordsMax = 200
    private static let namesMax = 200_000

    /// - Parameter progress: told of the part that was read, now and then.
    init(
        _ rows: RowReading, _ plan: ColumnPlan, path: String, check: EventCheck, now: Instant,
        progress: (Double) -> Void
    ) {
        do throws(CSVReader.Mistake) {
            var reader = try CSVReader(path: path)
            _ = try reader.next()
            while let cells = try reader.next() {
                self.rows += 1
                look(at: cells, reader.line, rows, plan, check, now)
                if self.rows % 2_000 == 0 { progress(reader.progress) }
            }
        } catch {
            refused.add(error.line, error.what + "; nothing behind it was read")
        }
    }

    private mutating func look(
        at cells: [String], _ line: Int, _ rows: RowReading, _ plan: ColumnPlan, _ check: EventCheck,
        _ now: Instant
    ) {
        do {
            let row = try rows.row(cells)
            if rows.kind == .events, isUnknown(rows.word(row), plan, check) { return note(row, rows.kind) }
            let arrival = try rows.arrival(row)
            if let refusal = check.refusal(arrival, received: now) {
                return refused.add(line, refusal.detail)
            }
            sound += 1
            note(row, rows.kind)
        } catch let mistake as RowMistake {
            refused.add(line, mistake.what)
        } catch {
            refused.add(line, "\(error)")
        }
    }

    /// A word that a person is asked for; beyond a number of them they are refused like other mistakes.
    private mutating func isUnknown(_ word: String, _ plan: ColumnPlan, _ check: EventCheck) -> Bool {
        guard !check.knows(plan.words[word] ?? word), words[word] != nil || words.count < Self.wordsMax else {
            return false
        }
        words[word, default: 0] += 1
        return true
    }

    private mutating func note(_ row: CSVRow, _ kind: ImportKind) {
        let subject = row[kind.subject] ?? ""
        switch kind {
        case .accounts where accounts.count < Self.namesMax: accounts[subject] = row["name"] ?? subject
        case .contacts, .contracts, .events:
            if subjects[subject] != nil || subjects.count < Self.namesMax {
                subjects[subject, default: 0] += 1
            }
        case .accounts: break
        }
    }
}
