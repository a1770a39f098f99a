import CEL
import TenureCore
import TenureProgramme
import Testing

@testable import TenureAuthoring

@Suite struct `References and vocabularies` {
    private var names: Names {
        var names = Names()
        names.metricIDs = ["users.active", "uptime", "fresh"]
        names.metrics = [
            "users.active": .init(isTruth: false, windows: [7, 0], grades: nil),
            "uptime": .init(isTruth: false, windows: [], grades: nil),
            "fresh": .init(isTruth: true, windows: [], grades: nil),
        ]
        names.steps = ["rescue": ["assess"]]
        return names
    }

    private func compiles(_ source: String, _ vocabulary: Vocabulary) -> Bool {
        if case .success = Program.compile(source, vocabulary: vocabulary) { true } else { false }
    }

    @Test func `a metric has its window as the last segment`() {
        #expect(names.metricType("users.active.7d") == .double)
        #expect(names.metricType("users.active.lifetime") == .double)
        #expect(names.metricType("fresh") == .bool)
        #expect(names.metricType("users.active") == nil)
        #expect(names.metricType("users.active.8d") == nil)
        #expect(names.metricType("uptime.7d") == nil)
        #expect(names.metricType("") == nil)
        #expect(names.metricType(".7d") == nil)
    }

    @Test func `what is computed from a thing may not be read by it`() {
        let vocabularies = Vocabularies(names: names)
        #expect(!compiles("m(\"uptime\") > 1.0", vocabularies.account(.segment)))
        #expect(!compiles("account.segment == \"x\"", vocabularies.account(.segment)))
        #expect(compiles("m(\"uptime\") > 1.0", vocabularies.account(.metric)))
        #expect(!compiles("health.score > 1", vocabularies.account(.metric)))
        #expect(!compiles("health.score > 1", vocabularies.account(.cap)))
        #expect(compiles("health.score > 1", vocabularies.account(.everything)))
        #expect(!compiles("step(\"assess\").done", vocabularies.account(.everything)))
        #expect(compiles("step(\"assess\").done", vocabularies.account(.step(play: "rescue"))))
    }

    @Test func `account fields may be compared with nothing`() {
        let vocabulary = Vocabularies(names: names).account(.everything)
        for field in AccountField.standard { #expect(compiles("account.\(field.id) == null", vocabulary)) }
        #expect(compiles("account.seats > 3 && account.arr >= 3 && account.tier in [\"a\"]", vocabulary))
    }

    @Test(arguments: [("America/New_York", Value.bool(true)), ("Europe/Rome", .bool(false))])
    func `a condition may name a time zone`(zone: String, expected: Value) throws {
        let text = """
            events:
              - {type: order.made, title: Order, fields: {at: {type: instant}}}
            metrics:
              - id: early
                title: Early orders
                meaning: Orders before the desk opens.
                unit: count
                better: up
                sum: {event: order.made, when: 'event.at.getHours("\(zone)") < 9'}
                windows: [7d]

            """
        let programme = try #require(read(folder(("a.yaml", header), ("b.yaml", text))).loaded?.programme)
        guard case .sum(let sum) = programme.metrics.first?.measure else { throw Missing() }
        #expect(sum.filter.when?.program.evaluate(Noon()) == expected)
    }

    private struct Missing: Error {}

    /// Noon in Greenwich, whatever is asked for.
    private struct Noon: SlotSource {
        func value(at slot: Int) -> Value { Timestamp(seconds: 43_200, nanoseconds: 0).map { .timestamp($0) } ?? .null }
    }

    @Test func `days_since of an entity's field keeps every offset`() {
        let source = "days_since(entity.due_at) > 3 && 'days_since(entity.x)' != ''"
        let rewritten = EntityCalls.asLiteralCalls(source)
        #expect(rewritten == "days_since(\"due_at\"     ) > 3 && 'days_since(entity.x)' != ''")
        #expect(rewritten.utf8.count == source.utf8.count)
        #expect(EntityCalls.asLiteralCalls("days_since(entity.a + b)") == "days_since(entity.a + b)")
        #expect(EntityCalls.asLiteralCalls("days_since(entity.") == "days_since(entity.")
        #expect(EntityCalls.asLiteralCalls("'\\") == "'\\")
    }

    @Test(arguments: ["csm", "account_executive", "users.active", "Mode-A", "7"])
    func `ids are letters, digits, dashes and underscores in parts`(text: String) {
        #expect(isID(text))
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "a b", "é", "../secrets", "a/b", String(repeating: "a", count: 101),
    ])
    func `other texts are no ids`(text: String) {
        #expect(!isID(text))
    }
}

@Suite struct `A scenario's product facts` {
    private let vocabulary = """
        roles: [{id: csm, title: CSM}]
        metrics: [{id: sentiment, unit: points, better: up, grade: {good: 80, poor: 20}}]
        health:
          id: h
          groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: sentiment, curve: identity}]}]
          bands: [{id: a, title: A, from: 0, tone: good}]
        tests:
          - id: t
            title: T
            start: 2026-03-02
            days: 9
            expect: [{nothing: true}]
            facts:
              - {day: 1, event: %}

        """

    private func found(_ fact: String) -> [String] {
        codes(in: vocabulary.split(separator: "%", omittingEmptySubsequences: false).joined(separator: fact))
    }

    @Test(arguments: [
        "grade.given, data: {metric: sentiment, grade: good}", "grade.given, data: {group: g, points: 50}",
        "grade.given, data: {component: g.c, points: 50}", "owner.assigned, data: {role: csm, to: ada}",
        "pulse.given, data: {points: 70}", "account.changed, data: {csm: ada, seats: 3}",
    ])
    func `that name what there is are right`(fact: String) {
        #expect(found(fact) == [])
    }

    @Test(arguments: [
        ("grade.given, data: {metric: sentiment, grade: goood}", "P217"),
        ("grade.given, data: {points: 50}", "P119"),
        ("grade.given, data: {metric: sentiment}", "P119"),
        ("grade.given, data: {group: g, grade: good}", "P703"),
        ("grade.given, data: {group: h, points: 5}", "P218"), ("owner.assigned, data: {role: cms}", "P206"),
        ("task.completed, data: {play: rescue, step: assess}", "P209"), ("flag.raised, data: {}", "P703"),
        ("account.changed, data: {seat: 3}", "P704"), ("clock.reached, data: {}", "P201"),
    ])
    func `that name what there is not are wrong`(fact: String, code: String) {
        #expect(found(fact) == [code])
    }
}
