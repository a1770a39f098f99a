package import TenureCore
import TenureEngine

/// The rows of all accounts, and beside them columns of what lists compare and add up: plain numbers and bytes, so that
/// who looks at every account touches no object. An account keeps its slot until one leaves, which is rare.
package struct AccountTable: Sendable {
    package private(set) var rows: [AccountRow] = []
    package private(set) var figures: [RowFigures] = []
    /// In the order of the row's.
    package private(set) var signals = SlotLists<SignalFigures>()
    package private(set) var renewals = SlotLists<DueRenewal>()
    package private(set) var tasks = SlotLists<TaskFigures>()
    /// Who holds a role there, by number among `people`.
    package private(set) var holders = SlotLists<Int32>()
    package private(set) var people = NameNumbers()
    /// As searches compare them.
    package private(set) var names = TextColumn()
    package private(set) var externalIDs = TextColumn()
    package private(set) var domains = TextColumn()
    /// Names of accounts that are parts of others, which have no row of their own.
    package private(set) var parts: [AccountID: SearchedNames] = [:]
    /// Of the rows' programme.
    package private(set) var terms: RowTerms
    private var slots: [AccountID: Int] = [:]
    /// How often accounts got other slots.
    package private(set) var renumberings = 0
    private var namesMax = 2_000
    private var idOrder = SlotOrder()
    private var nameOrder = SlotOrder()

    package init(_ terms: RowTerms) { self.terms = terms }

    package init(_ rows: [AccountRow], _ terms: RowTerms) {
        self.init(terms)
        take(rows, terms)
    }

    package func slot(of account: AccountID) -> Int? { slots[account] }

    /// Rows of later commits. Where the terms are new, rows of all accounts.
    package mutating func take(_ changed: [AccountRow], _ terms: RowTerms) {
        self.terms = terms
        var (added, renamed): (Set<Int>, Set<Int>) = ([], [])
        for row in changed {
            parts[row.id] = nil
            let slot = slots[row.id] ?? rows.count
            let former = slot < rows.count ? rows[slot] : nil
            if former == nil { added.insert(slot) }
            if former.map({ isSame($0.report.name, row.report.name) }) != true { renamed.insert(slot) }
            put(row, at: slot, instead: former)
        }
        order(added, renamed)
        if people.names.count > namesMax { renumberPeople() }
    }

    /// Accounts that became parts of others: everything is made anew without them, and of them their names alone are kept.
    package mutating func leaveOut(_ left: [AccountRow]) {
        for row in left { parts[row.id] = SearchedNames(row) }
        guard left.contains(where: { slots[$0.id] != nil }) else { return }
        let (parts, renumberings) = (parts, renumberings + 1)
        self = AccountTable(rows.filter { parts[$0.id] == nil }, terms)
        (self.parts, self.renumberings) = (parts, renumberings)
    }

    private mutating func put(_ row: AccountRow, at slot: Int, instead former: AccountRow?) {
        let held = row.holders.map { people.number(adding: $0) }
        let figures = RowFigures(row, owner: held.first)
        if former == nil {
            slots[row.id] = slot
            rows.append(row)
            self.figures.append(figures)
        } else {
            rows[slot] = row
            if self.figures[slot] != figures { self.figures[slot] = figures }
        }
        holders.set(held, at: slot)
        signals.set(row.signals.map { SignalFigures($0) }, at: slot)
        renewals.set(row.renewals, at: slot)
        tasks.set(row.tasks.map { TaskFigures($0, owner: people.number(adding: $0.owner)) }, at: slot)
        putTexts(row, at: slot, instead: former)
    }

    /// Texts hardly ever change.
    private mutating func putTexts(_ row: AccountRow, at slot: Int, instead former: AccountRow?) {
        let (now, then) = (row.report, former?.report)
        if then.map({ isSame($0.name, now.name) }) != true { names.set([FoldedText(now.name)], at: slot) }
        if then.map({ isSame($0.externalID, now.externalID) }) != true {
            externalIDs.set([FoldedText(now.externalID)], at: slot)
        }
        if former == nil || former?.domains != row.domains { domains.set(row.domains.map { FoldedText($0) }, at: slot) }
    }

    private mutating func order(_ added: Set<Int>, _ renamed: Set<Int>) {
        let (rows, names) = (rows, names)
        idOrder.change(added) { rows[$0].id.text }
        nameOrder.change(renamed) { names.text(of: $0) }
    }

    /// Names that nobody has any more are forgotten at times.
    private mutating func renumberPeople() {
        people = NameNumbers()
        for (slot, row) in rows.enumerated() { put(row, at: slot, instead: row) }
        namesMax = 2 * max(people.names.count, 1_000)
    }
}

// MARK: - Places in an order

extension AccountTable {
    /// By the account's id.
    package func idPlace(of slot: Int) -> Int64 { idOrder.place(of: slot) }

    /// Of any id, between those that there are.
    package func idPlace(of text: String) -> Int64 { idOrder.place(of: text) { rows[$0].id.text } }

    /// By the account's name in small letters; the same name has the same place.
    package func namePlace(of slot: Int) -> Int64 { nameOrder.place(of: slot) }

    package func namePlace(of text: String) -> Int64 { nameOrder.place(of: text) { names.text(of: $0) } }

    /// An account's name as it is ordered.
    package func orderedName(of slot: Int) -> String { names.text(of: slot) }
}

// MARK: - People

extension AccountTable {
    /// Whether somebody holds a role at an account.
    package func isHeld(_ slot: Int, by person: Int32) -> Bool {
        let all = holders.elements
        for place in holders.ranges[slot] where all[place] == person { return true }
        return false
    }

    /// Whether somebody holds a role anywhere.
    package func isHolder(_ person: String) -> Bool {
        guard let number = people.number(of: person) else { return false }
        return rows.indices.contains { isHeld($0, by: number) }
    }
}
