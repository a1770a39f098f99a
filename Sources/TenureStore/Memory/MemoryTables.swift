import TenureCore

/// Everything that `MemoryStore` holds, as one value.
struct MemoryTables: Sendable {
    private(set) var position: UInt64 = 0
    private(set) var journal = MemoryJournal()
    var outbox = MemoryOutbox()
    private(set) var checkpoints: [AccountID: Checkpoint] = [:]
    private(set) var marks: [Mark] = []
    private(set) var markedStates: [Checkpoint] = []
    private(set) var dailies: [AccountID: [Day: DailyRow]] = [:]
    private(set) var metricLayouts: [Int: MetricLayout] = [:]
    private(set) var contacts: [AccountID: [RowKey: ContactRow]] = [:]
    private(set) var notes: [AccountID: [RowKey: NoteRow]] = [:]
    private(set) var settings: [RowKey: String] = [:]
    private(set) var programmes: [Int: ProgrammeRow] = [:]
    private(set) var answers: [AnswerKey: IdempotentAnswer] = [:]
    private(set) var quarantine: [QuarantineRow] = []
    private var lastQuarantineNumber: Int64 = 0

    struct AnswerKey: Hashable, Sendable {
        var principal: RowKey
        var key: RowKey
    }

    /// Throws before the first change or not at all.
    mutating func apply(_ commit: Commit) throws {
        let decided = journal.digests.last?.position ?? 0
        try commit.mustFollow(committed: position, lastDecided: decided, path: "memory")
        position = commit.position
        journal.record(commit)
        for checkpoint in commit.checkpoints { keep(checkpoint) }
        applyMarks(of: commit)
        applyRows(of: commit)
        applyOutbox(of: commit)
        applyQuarantine(of: commit)
        applyAnswers(of: commit)
    }

    private mutating func keep(_ checkpoint: Checkpoint) {
        if let known = checkpoints[checkpoint.account], known.position > checkpoint.position { return }
        checkpoints[checkpoint.account] = checkpoint
    }

    private mutating func applyMarks(of commit: Commit) {
        markedStates += commit.markedStates
        guard let mark = commit.completedMark else { return }
        marks = (marks + [mark]).suffix(Mark.countMax)
        let kept = Set(marks.map(\.position))
        markedStates.removeAll { !kept.contains($0.position) }
    }

    private mutating func applyRows(of commit: Commit) {
        for row in commit.dailies { dailies[row.account, default: [:]][row.day] = row }
        for layout in commit.metricLayouts where metricLayouts[layout.number] == nil { metricLayouts[layout.number] = layout }
        for row in commit.contacts { keep(row) }
        for row in commit.notes { notes[row.account, default: [:]][RowKey(row.id)] = row }
        for note in commit.erasedNotes { notes[note.account]?[RowKey(note.id)] = nil }
        for row in commit.programmes { programmes[row.number] = row }
        for setting in commit.settings { settings[RowKey(setting.name)] = setting.value }
    }

    private mutating func keep(_ row: ContactRow) {
        let key = RowKey(row.key)
        contacts[row.account, default: [:]][key] = row.merged(over: contacts[row.account]?[key])
    }

    private mutating func applyOutbox(of commit: Commit) {
        for row in commit.outbox { outbox.add(row) }
        for approval in commit.approvals { outbox.approve(approval.key, due: approval.due, at: commit.now, reason: approval.reason) }
        for one in commit.hastenings { outbox.hasten(one.key, due: one.due, at: commit.now, reason: one.reason) }
        for (key, reason) in commit.withholdings { outbox.stop(key, as: .withheld, at: commit.now, reason: reason) }
        for (key, reason) in commit.cancellations { outbox.stop(key, as: .cancelled, at: commit.now, reason: reason) }
    }

    private mutating func applyQuarantine(of commit: Commit) {
        for var row in commit.quarantine {
            if row.number == 0 {
                lastQuarantineNumber += 1
                row.number = lastQuarantineNumber
                quarantine.append(row)
            } else if let index = quarantine.firstIndex(where: { $0.number == row.number }) {
                quarantine[index] = row
            }
        }
        guard !commit.released.isEmpty else { return }
        let released = Set(commit.released)
        quarantine.removeAll { released.contains($0.number) }
    }

    private mutating func applyAnswers(of commit: Commit) {
        if let limit = commit.answersExpiredBefore { answers = answers.filter { $0.value.at >= limit } }
        for answer in commit.answers {
            let key = AnswerKey(principal: RowKey(answer.principal), key: RowKey(answer.key))
            if answers[key] == nil { answers[key] = answer }
        }
    }
}
