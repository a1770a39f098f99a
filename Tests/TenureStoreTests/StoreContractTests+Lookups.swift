import TenureCore
import TenureStore
import Testing

/// Everything that people look up.
extension StoreContractTests {
    @Test(arguments: StoreBackend.all)
    func `quarantined facts are numbered in order and no number is used twice`(_ backend: StoreBackend) throws
    {
        let bed = try backend.make()
        try bed.store.commit(commit(0) { $0.quarantine = [waiting("x"), waiting("y"), waiting("x")] })
        #expect(try bed.store.quarantine(subject: nil, after: 0, limit: 9).map(\.number) == [1, 2, 3])
        try bed.store.commit(commit(0) { $0.released = [3, 2, 77] })
        try bed.store.commit(commit(0) { $0.quarantine = [waiting("z")] })
        let store = try bed.reopened()
        #expect(try store.quarantine(subject: nil, after: 0, limit: 9).map(\.number) == [1, 4])
        try store.commit(commit(0) { $0.released = [4] })
        try store.commit(commit(0) { $0.quarantine = [waiting("z")] })
        #expect(try store.quarantine(subject: "z", after: 0, limit: 9).map(\.number) == [5])
    }

    @Test(arguments: StoreBackend.all)
    func `withheld signals are read newest first, and nothing else with them`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let kinds = DecisionRow.signalTurnKinds + ["signalWithheld", "signalHolding", "scoreMoved", "signalAcknowledged"]
        for (number, kind) in kinds.enumerated() {
            let place = UInt64(number + 1)
            try bed.store.commit(
                commit(place) {
                    $0.decisions = [
                        decision(place, 0, number.isMultiple(of: 2) ? anna : bert, kind: kind),
                        decision(place, 1, kind: kind),
                    ]
                })
        }
        let store = try bed.reopened()
        #expect(try store.withheldSignals(limit: 9).map(\.place) == [decision(6, 1).place, decision(6, 0).place])
        #expect(try store.withheldSignals(limit: 1).map(\.place) == [decision(6, 1).place])
    }

    @Test(arguments: StoreBackend.all)
    func `quarantine is browsed by subject and page`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let rows = (0..<9).map { waiting($0 % 3 == 0 ? "cafe\u{301}" : "caf\u{E9}", Int64($0)) }
        try store.commit(commit(1) { $0.quarantine = rows })
        #expect(try store.quarantine(subject: nil, after: 0, limit: 4).map(\.number) == [1, 2, 3, 4])
        #expect(try store.quarantine(subject: nil, after: 4, limit: 99).map(\.number) == [5, 6, 7, 8, 9])
        #expect(try store.quarantine(subject: "cafe\u{301}", after: 1, limit: 9).map(\.number) == [4, 7])
        #expect(try store.quarantine(subject: "cafe", after: 0, limit: 9).isEmpty)
        let counts = try store.quarantineCounts()
        #expect(
            counts.map { Array($0.subject.utf8) } == [Array("cafe\u{301}".utf8), Array("caf\u{E9}".utf8)])
        #expect(counts.map(\.count) == [3, 6])
    }

    @Test(arguments: StoreBackend.all)
    func `subjects for which something waits are told from the others at once`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let names = ["caf\u{E9}", "cafe", "cafe\u{301}"]
        func found() throws -> [[UInt8]] { try store.quarantined(among: names).map { Array($0.utf8) } }
        #expect(try found().isEmpty)
        try store.commit(commit(1) { $0.quarantine = [waiting("cafe\u{301}"), waiting("caf\u{E9}"), waiting("x")] })
        #expect(try found() == [Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8)])
        try store.commit(commit(2) { $0.released = [1] })
        #expect(try found() == [Array("caf\u{E9}".utf8)])
        try store.commit(commit(3) { $0.released = [2] })
        #expect(try found().isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a quarantined fact can be changed while it waits, and not after`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(commit(1) { $0.quarantine = [waiting("x"), waiting("y")] })
        var row = try #require(try store.quarantine(subject: "x", after: 0, limit: 1).first)
        row.reason = "unmapped-event"
        try store.commit(commit(2) { $0.quarantine = [row] })
        #expect(try store.quarantine(subject: "x", after: 0, limit: 9) == [row])
        try store.commit(commit(3) { $0.released = [row.number] })
        try store.commit(commit(4) { $0.quarantine = [row] })
        #expect(try store.quarantine(subject: "x", after: 0, limit: 9).isEmpty)
    }

    @Test(arguments: StoreBackend.all)
    func `a mark is there when all its states are, and only the newest marks are kept`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        // Never completed: as after a crash in between.
        try bed.store.commit(commit(1) { $0.markedStates = [Checkpoint(account: anna, position: 1, bytes: [9])] })
        #expect(try bed.store.marks().isEmpty)
        let marks = (2..<10).map { Mark(position: $0, at: at(Int64($0)), version: 3, workspace: [UInt8($0)]) }
        for mark in marks {
            let states = [bert, anna].map { Checkpoint(account: $0, position: mark.position, bytes: [UInt8(mark.position), 7]) }
            try bed.store.commit(commit(mark.position) { $0.markedStates = [states[0]] })
            try bed.store.commit(
                commit(mark.position) {
                    $0.markedStates = [states[1]]
                    $0.completedMark = mark
                })
        }
        let store = try bed.reopened()
        #expect(try store.marks() == marks.suffix(Mark.countMax))
        #expect(try states(of: 9, store) == [anna, bert].map { Checkpoint(account: $0, position: 9, bytes: [9, 7]) })
        for forgotten in [UInt64(1), 2, 3] { #expect(try states(of: forgotten, store).isEmpty) }
        #expect(try states(of: 4, store).count == 2)
    }

    @Test(arguments: StoreBackend.all)
    func `a version keeps who approved it, and one that needed nobody has no approval`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let first = ProgrammeRow(number: 1, digest: "d1", at: at(1), by: "ana", reason: "first", files: [1])
        let second = ProgrammeRow(
            number: 2, digest: "d2", at: at(2), by: "ana", reason: "second", files: [2], approval: .init(by: "ben", reason: ""))
        try bed.store.commit(commit(1) { $0.programmes = [first, second] })
        let store = try bed.reopened()
        #expect(try store.programme(1) == first)
        #expect(try store.programme(2) == second)
        #expect(try store.programmes().map(\.approval) == [nil, second.approval])
        // Until it takes effect a version can be replaced, its approval with it.
        var replaced = second
        replaced.approval = nil
        try store.commit(commit(2) { $0.programmes = [replaced] })
        #expect(try store.programme(2) == replaced)
    }

    private func states(of mark: UInt64, _ store: any StateStore) throws -> [Checkpoint] {
        var states: [Checkpoint] = []
        try store.states(ofMark: mark) { states.append($0) }
        return states
    }

    @Test(arguments: StoreBackend.all)
    func `the first answer under a key stands until it expires`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        try bed.store.commit(commit(1) { $0.answers = [answer("k", time: 10), answer("later", time: 20)] })
        try bed.store.commit(commit(2) { $0.answers = [answer("k", status: 409, time: 30)] })
        let store = try bed.reopened()
        #expect(try store.idempotentAnswer(principal: "ann", key: "k") == answer("k", time: 10))
        #expect(try store.idempotentAnswer(principal: "bob", key: "k") == nil)
        try store.commit(
            commit(3) {
                $0.answersExpiredBefore = at(20)
                $0.answers = [answer("k", status: 201, time: 40)]
            })
        #expect(try store.idempotentAnswer(principal: "ann", key: "k")?.status == 201)
        #expect(try store.idempotentAnswer(principal: "ann", key: "later") == answer("later", time: 20))
    }

    @Test(arguments: StoreBackend.all)
    func `people are found by a part of their name or address, whatever the case of ASCII letters`(
        _ backend: StoreBackend
    ) throws {
        let store = try backend.make().store
        let people = [
            (bert, "1", "Renée Müller", "R.Mueller@Acme.example"), (anna, "2", "Mira 100%_x", "mira@other.example"),
            (anna, "1", "Max", "max@ACME.example"),
        ]
        try store.commit(
            commit(1) {
                $0.contacts = people.map { account, key, name, email in
                    ContactRow(
                        account: account, key: key, name: name, email: email, role: "", hasLeft: nil, isUnsubscribed: false,
                        updated: at(1))
                }
            })
        func names(_ text: String, _ limit: Int = 9) throws -> [String] {
            try store.contacts(containing: text, limit: limit).map(\.name)
        }
        #expect(try names("acme.EXAMPLE") == ["Max", "Renée Müller"])
        #expect(try names("acme", 1) == ["Max"])
        #expect(try names("müller") == ["Renée Müller"] && names("MÜLLER") == [])
        // Nothing in the text is a pattern.
        #expect(try names("%") == ["Mira 100%_x"] && names("100%_") == ["Mira 100%_x"])
        #expect(try names("!") == [] && names("!%") == [])
        #expect(try names("_x") == ["Mira 100%_x"] && names("'") == [])
    }

    @Test(arguments: StoreBackend.all)
    func `the domains of all contacts are told by account, without what is no address`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let people = [("c", anna, "x@Mail.EXAMPLE"), ("a", anna, "y@acme.example"), ("b", bert, "z@acme.example")]
            + [("d", bert, "nobody"), ("e", bert, "@acme.example"), ("f", bert, "w@"), ("g", bert, "")]
        try store.commit(
            commit(1) {
                $0.contacts = people.map { key, account, email in
                    var row = contact(key, account)
                    row.email = email
                    return row
                }
            })
        let told = try store.contactDomains().map { "\($0.account) \($0.domain)" }
        #expect(told == ["\(anna) acme.example", "\(anna) mail.example", "\(bert) acme.example"])
    }

    @Test(arguments: StoreBackend.all)
    func `a note that is erased is gone, and no other is`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let notes = ["a", "b"].map { NoteRow(account: anna, id: $0, at: at(1), author: "ann", text: "text " + $0) }
        try bed.store.commit(commit(1) { $0.notes = notes })
        try bed.store.commit(commit(2) { $0.erasedNotes = [(anna, "a"), (bert, "b"), (anna, "unknown")] })
        #expect(try bed.reopened().notes(account: anna, limit: 9) == [notes[1]])
    }

    @Test(arguments: StoreBackend.all)
    func `daily rows are read by days and the last write of a day stands`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let rows: [DailyRow] = (10...14).map { (number: Int) -> DailyRow in
            let isKnown = number != 12
            return DailyRow(
                account: anna, day: Day(number: Int32(number)), score: isKnown ? number : nil,
                band: isKnown ? "green" : nil, bytes: [UInt8(number)])
        }
        let other = DailyRow(account: bert, day: Day(number: 12), score: 1, band: "red", bytes: [])
        try store.commit(commit(1) { $0.dailies = rows.reversed() + [other] })
        #expect(
            try store.dailies(account: anna, days: Day(number: 11)...Day(number: 13)) == Array(rows[1...3]))
        var corrected = rows[2]
        corrected.score = 55
        try store.commit(commit(2) { $0.dailies = [corrected] })
        #expect(try store.dailies(account: anna, days: Day(number: 12)...Day(number: 12)) == [corrected])
        #expect(try store.dailies(account: bert, days: Day(number: -5)...Day(number: 99)) == [other])
    }

    @Test(arguments: StoreBackend.all)
    func `a day keeps its metrics and how it was closed, and what their places mean is said once`(
        _ backend: StoreBackend
    ) throws {
        let bed = try backend.make()
        let close = DailyRow.Close(at: at(90), position: 1, layout: 2, metrics: [0, 7, 255])
        let rows = [nil, close].enumerated().map { number, close in
            DailyRow(account: anna, day: Day(number: Int32(10 + number)), score: 1, band: nil, bytes: [1], close: close)
        }
        let layouts = [MetricLayout(number: 2, names: ["users.7d", "a\"b"]), MetricLayout(number: 1, names: [])]
        try bed.store.commit(
            commit(1) {
                $0.dailies = rows
                $0.metricLayouts = layouts
            })
        try bed.store.commit(commit(2) { $0.metricLayouts = [MetricLayout(number: 2, names: ["other"])] })
        let store = try bed.reopened()
        #expect(try store.dailies(account: anna, days: Day(number: 0)...Day(number: 99)) == rows)
        #expect(try store.metricLayouts() == [layouts[1], layouts[0]])
        #expect(try store.dailyRange(account: anna) == Day(number: 10)...Day(number: 11))
        #expect(try store.dailyRange(account: bert) == nil)
    }

    @Test(arguments: StoreBackend.all)
    func `contacts and notes are an account's own`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        let notes = [(1, "n1"), (3, "n3"), (2, "n2"), (3, "n4")].map { time, id in
            NoteRow(account: anna, id: id, at: at(Int64(time)), author: "CSM", text: "text of \(id)")
        }
        try store.commit(
            commit(1) {
                $0.contacts = [contact("m2"), contact("m1"), contact("m1", bert, name: "Bo")]
                $0.notes = notes
            })
        #expect(try store.contacts(account: anna) == [contact("m1"), contact("m2")])
        #expect(try store.contact(account: bert, key: "m1")?.name == "Bo")
        #expect(try store.contact(account: bert, key: "m2") == nil)
        #expect(try store.notes(account: anna, limit: 3).map(\.id) == ["n4", "n3", "n2"])
        #expect(try store.notes(account: bert, limit: 3).isEmpty)
        try store.commit(commit(2) { $0.contacts = [contact("m1", name: "Changed")] })
        #expect(try store.contact(account: anna, key: "m1")?.name == "Changed")
        #expect(try store.contacts(account: anna).count == 2)
    }

    @Test(arguments: StoreBackend.all)
    func `a person mentioned again keeps what the mention leaves out`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        func mention(_ name: String, email: String = "", role: String = "", left: Bool? = nil) -> ContactRow {
            ContactRow(
                account: anna, key: "m1", name: name, email: email, role: role, hasLeft: left, isUnsubscribed: false,
                updated: at(9))
        }
        func row(_ name: String, _ email: String, _ role: String, left: Bool, unsubscribed: Bool) -> ContactRow {
            ContactRow(
                account: anna, key: "m1", name: name, email: email, role: role, hasLeft: left,
                isUnsubscribed: unsubscribed, updated: at(9))
        }
        try bed.store.commit(commit(1) { $0.contacts = [mention("Ann")] })
        #expect(try bed.store.contact(account: anna, key: "m1") == row("Ann", "", "", left: false, unsubscribed: false))
        try bed.store.commit(
            commit(2) { $0.contacts = [mention("", email: "a@x.example", left: true), mention("", role: "admin")] })
        let gone = row("Ann", "a@x.example", "admin", left: true, unsubscribed: false)
        #expect(try bed.store.contact(account: anna, key: "m1") == gone)
        var optedOut = mention("Anna", left: false)
        optedOut.isUnsubscribed = true
        try bed.store.commit(commit(3) { $0.contacts = [optedOut, mention("")] })
        let back = row("Anna", "a@x.example", "admin", left: false, unsubscribed: true)
        #expect(try bed.reopened().contacts(account: anna) == [back])
    }

    @Test(arguments: StoreBackend.all)
    func `settings are found by prefix, replaced and removed`(_ backend: StoreBackend) throws {
        let store = try backend.make().store
        try store.commit(
            commit(1) {
                $0.settings = [("key.b", "2"), ("key.a", "1"), ("kex", "0"), ("key", "k"), ("kez", "9")]
            })
        #expect(try store.settings(prefix: "key.").map(\.name) == ["key.a", "key.b"])
        #expect(try store.settings(prefix: "key").map(\.value) == ["k", "1", "2"])
        #expect(try store.settings(prefix: "").count == 5)
        try store.commit(commit(2) { $0.settings = [("key.a", nil), ("key.b", "3"), ("gone", nil)] })
        #expect(try store.settings(prefix: "key.").map(\.value) == ["3"])
        #expect(try store.setting("key.a") == nil)
    }

    @Test(arguments: StoreBackend.all)
    func `names are told apart by their bytes, NUL included`(_ backend: StoreBackend) throws {
        let bed = try backend.make()
        let names = [
            "a", "a\0", "a\0b", "a\u{1}", "a\u{1}\u{1}", "a\u{2}", "caf\u{E9}", "cafe\u{301}", "\u{10FFFF}",
        ]
        try bed.store.commit(
            commit(1) {
                $0.settings = names.map { ($0, "value of \($0)") }
                $0.outbox = names.map { message($0) }
                $0.contacts = names.map { contact($0) }
            })
        let store = try bed.reopened()
        for name in names {
            let value = try #require(try store.setting(name))
            #expect(value.utf8.elementsEqual("value of \(name)".utf8))
            let row = try #require(try store.outbox(key: name))
            #expect(row.key.utf8.elementsEqual(name.utf8))
        }
        let sorted = names.sorted(by: precedes).map { Array($0.utf8) }
        #expect(try store.settings(prefix: "").map { Array($0.name.utf8) } == sorted)
        #expect(try store.contacts(account: anna).map { Array($0.key.utf8) } == sorted)
        #expect(try store.claimOutbox(due: at(100), limit: 99).map { Array($0.key.utf8) } == sorted)
        #expect(try store.settings(prefix: "a\0").count == 2)
    }
}
