import Foundation
import TenureAuthoring
import TenureCore
import TenureProgramme
import Testing

@testable import TenureRuntime

/// Answers as somebody might give them, the same for one seed.
private struct RandomAnswers {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func roll(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int(state >> 33) % range.count
    }

    private mutating func pick(_ texts: [String]) -> String { texts[roll(0...texts.count - 1)] }

    /// Distinct titles; some with what YAML, CEL and the starter programme itself could stumble over.
    private mutating func titles(_ counts: ClosedRange<Int>) -> [String] {
        let odd = [
            "tier: basic", "Größe", "A \"quoted\" one", "#1 Plan", "professional", "basic", "Enterprise", "core", "reports",
            "seats: 10", "{feature: core}", "- no", "yes", "Settings", "it's", "100 %", "日本", "a\\b", "role:csm", "null",
        ]
        var left = odd + (1...20).map { "Part \($0)" }
        return (0..<roll(counts)).map { _ in left.remove(at: roll(0...left.count - 1)) }
    }

    mutating func texts() -> [(Question, String)] {
        let features = titles(5...20)
        let core = roll(4...1_000_000)
        let strategic = core + roll(1...1_000_000)
        var texts: [(Question, String)] = [
            (.name, titles(1...1)[0]), (.sells, pick(["seats", "flat", "usage"])),
            (.tiers, titles(1...8).joined(separator: ", ")), (.features, features.joined(separator: ", ")),
            (.activeDays, "\(roll(6...20))"), (.reach, pick(["40", "60", "80"])), (.owner, titles(1...1)[0]),
            (.renewals, pick(["same", "Account Executive", "Renewals, desk"])), (.renewalDays, "\(roll(60...180))"),
            (.noticeDays, "\(roll(7...30))"), (.urgentHours, "\(roll(1...6))"),
            (.revenue, "\(strategic), \(core) \(pick(["EUR", "USD", "CHF"]))"),
            (.timeZone, pick(["UTC", "Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])),
        ]
        if roll(0...1) == 1 {
            let events = (0..<roll(1...9)).map { "Event \($0): \(features[roll(0...features.count - 1)])" }
            texts.insert((.events, events.joined(separator: ", ")), at: 4)
        }
        return texts
    }
}

@Suite struct `A new programme` {
    private static let repository = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// `ANSWER_SETS=200` tries more; `bin/prove answers` does.
    private static let count = ProcessInfo.processInfo.environment["ANSWER_SETS"].flatMap(UInt64.init) ?? 6

    private static let library = try? makeLibrary()

    private static func makeLibrary() throws -> ProgrammeLibrary {
        let root = repository.appending(path: "Programmes")
        let names = (FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".mustache") || $0 == "zones.txt" }
        return ProgrammeLibrary(
            files: try names.map { ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8)) })
    }

    private func made(_ answers: Answers) throws -> ProgrammeFolder {
        let library = try #require(Self.library)
        let (folder, lost) = NewProgramme.make(answers, from: library.folder("starter"))
        #expect(lost == [])
        return folder
    }

    private func answers(seed: UInt64) throws -> Answers {
        let zones = try #require(Self.library).zones
        var answers = Answers()
        var random = RandomAnswers(seed: seed)
        for (question, text) in random.texts() {
            #expect(answers.take(text, for: question, zones: zones) == nil, "\(question): \(text)")
        }
        return answers
    }

    @Test(arguments: 0..<Self.count) func `passes its own tests whatever the answers`(seed: UInt64) throws {
        let library = try #require(Self.library)
        let answers = try answers(seed: seed)
        let folder = try made(answers)
        let (loaded, mistakes) = library.read(folder)
        #expect(library.text(mistakes, of: folder) == "")
        let programme = try #require(loaded)
        let compiled = library.compile(programme)
        let failures = programme.programme.scenarios.flatMap { ScenarioCheck.failures($0, compiled) }
        #expect(failures.map { "\($0.scenario): \($0.expected); found \($0.found)" } == [], "\(answers)")
        #expect(programme.programme.scenarios.count >= 35)
    }

    /// Cheaper than running: no combination makes a mistake.
    @Test func `is read without a mistake whatever the answers`() throws {
        let library = try #require(Self.library)
        for seed in 1000..<1015 {
            let answers = try answers(seed: UInt64(seed))
            let folder = try made(answers)
            #expect(library.text(library.read(folder).1, of: folder) == "", "\(answers)")
        }
    }

    @Test func `of the defaults has the starter's scores`() throws {
        let folder = try made(Answers())
        let texts = folder.files.map(\.text).joined()
        for text in ["[[20, 0], [80, 100]]", "[[0, 0], [60.0, 100]]", "[[0, 0], [10, 100]]", "score: 45, band: critical", "term_end: 2026-08-01, notice_by: 2026-07-02", "\"2026-06-25T00:00:00Z\""] {
            #expect(texts.contains(text), "\(text)")
        }
    }

    @Test(arguments: [
        (Question.sells, "seatz", "Please write one of `seats`, `flat` or `usage`. Did you mean `seats`?"),
        (.tiers, "A, a", "`a` is there twice."),
        (.features, "One, Two", "There are 2; 5 to 20 parts, separated by commas, please."),
        (.events, "Report Viewed", "`Report Viewed` names no part; write it as `Report Viewed: Reports`."),
        (.events, "Report Viewed: Report", "You named no part `Report`. Did you mean `Reports`?"),
        (.activeDays, "ten", "Please write a whole number from 6 to 20."),
        (.reach, "50", "Please write one of `40`, `60` or `80`."),
        (.name, " ", "Please write a few words."),
        (.revenue, "20000, 100000", "The first amount must be the larger one, at most 1000000000, the second at least 4."),
        (.revenue, "much", "Please write two whole amounts and a currency, such as `100000, 20000 EUR`."),
        (.timeZone, "The moon", "There is no time zone `The moon`. An example is `Europe/Rome`."),
    ])
    func `says what would be a right answer`(question: Question, text: String, sentence: String) throws {
        var answers = Answers()
        let before = answers.standard(question)
        #expect(answers.take(text, for: question, zones: try #require(Self.library).zones) == sentence)
        #expect(answers.standard(question) == before)
    }

    @Test func `takes answers from a file, and says what is wrong with each line`() throws {
        let zones = try #require(Self.library).zones
        let good = "name: Acme & Sons\ntiers: [Free, Pro]\nrenewal_days: 90\nevents: {Report Viewed: Reports}\n"
        let (answers, none) = AnswersFile.read(good, file: "a.yaml", zones: zones)
        #expect(none == [])
        #expect(answers?.standard(.tiers) == "Free, Pro")
        #expect(answers?.standard(.renewalDays) == "90")
        #expect(answers?.standard(.events).hasPrefix("Report Viewed: Reports, Core workflow Used") == true)
        let bad = "nam: Acme\nreach: 50\nowner:\n"
        let (refused, wrong) = AnswersFile.read(bad, file: "a.yaml", zones: zones)
        #expect(refused == nil)
        #expect(
            wrong == [
                "a.yaml:1: nobody asks `nam`; did you mean `name`?",
                "a.yaml:2: `reach`: Please write one of `40`, `60` or `80`.",
                "a.yaml:3: `owner` is a text, a number or a list",
            ])
    }
}
