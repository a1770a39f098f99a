import CEL
import Foundation
import Testing

@Suite struct PatternTests {
    func matches(_ text: String, _ pattern: String) throws -> Bool? {
        try evaluate("t.matches(p)", ["t": .string(text), "p": .string(pattern)]).asBool
    }

    static let rows: [(text: String, pattern: String, isMatch: Bool)] = [
        ("", "", true), ("abc", "b", true), ("abc", "^b", false), ("abc", "^a.c$", true),
        ("a\nc", "a.c", false),
        ("a\nc", "(?s)a.c", true), ("x\nab", "^ab$", false), ("x\nab", "(?m)^ab$", true),
        ("ab", "\\Aab\\z", true),
        ("grey", "gr(?:a|e)y", true), ("groy", "gr(?:a|e)y", false), ("banana", "^ba(na)*$", true),
        ("aaa", "^a{2,3}$", true), ("aaaa", "^a{2,3}$", false), ("a{2", "^a\\{2$", true), ("a{", "a{", true),
        ("aaaaa", "^a{3,}$", true), ("ABC", "(?i)abc", true), ("ÄB", "(?i)äb", true),
        ("abc", "(?i:A)bc", true),
        ("aBc", "(?i:A)bc", false), ("foo.bar", "^foo\\.bar$", true), ("fooxbar", "^foo\\.bar$", false),
        ("a1_", "^\\w+$", true), ("é", "^\\w$", false), ("é", "^\\pL$", true), ("é", "^\\p{Ll}$", true),
        ("7", "^\\PL$", true), ("x", "^[^0-9]$", true), ("5", "^[^0-9]$", false), ("-", "^[a-]$", true),
        ("]", "^[]a]$", true), ("b", "^[[:alpha:]]$", true), ("1", "^[[:^alpha:]]$", true),
        ("\t", "^\\s$", true),
        ("a b", "\\bb\\b", true), ("ab", "\\bb", false), ("ab", "a\\Bb", true), ("\u{1F600}", "^.$", true),
        ("😀😀", "^(a|😀){2}$", true), ("ab", "a*?b", true), ("z", "\\x7a", true), ("z", "\\x{7A}", true),
        ("ab", "(?P<first>a)(b)", true), ("abab", "^(ab|a|b)+$", true), ("", "^(|a)+$", true),
        ("b", "a||b", true),
    ]

    @Test(arguments: rows.indices)
    func `patterns follow RE2`(row: Int) throws {
        let (text, pattern, isMatch) = Self.rows[row]
        #expect(try matches(text, pattern) == isMatch, "\(text) ~ \(pattern)")
    }

    static let refused = [
        "(", ")", "a)", "[a", "[b-a]", "*", "a**", "a{2}{3}", "\\1", "(?=a)", "(?<=a)", "(?!a)", "a{3,2}",
        "a{1001}", "\\",
        "\\p{Nonsense}", "\\q", "[[:nope:]]", "\\x{110000}", "((a{1000}){1000}){1000}",
        String(repeating: "(", count: 100) + String(repeating: ")", count: 100),
    ]

    @Test(arguments: refused)
    func `what is no pattern, or has no linear meaning, is refused`(pattern: String) throws {
        let value = try evaluate("'a'.matches(p)", ["p": .string(pattern)])
        #expect(value.errorCode == .badPattern)
    }

    @Test func `patterns that blow up elsewhere stay linear`() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        let start = ContinuousClock.now
        for pattern in ["(a+)+$", "(a|aa)+$", "(a|a?)+b", "^(a*)*b", "(.*)(.*)(.*)(.*)x"] {
            #expect(try matches(text, pattern) == false)
        }
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try matches("x", "(((()){1000}){1000}){1000}") == true)
    }

    /// Each would be slow for a long text if what a character costs grew with the pattern's classes or its meaning. The
    /// shorter text is longer than any pattern, so that both are read with as many places of the pattern open.
    static let wide: [(pattern: String, text: String)] = [
        ("([" + (0..<1_000).map { String(Unicode.Scalar(UInt16(0x4E00 + 2 * $0)) ?? "x") }.joined() + "]x?){100}$", "\u{4E01}"),
        ("(\\pL\\PL?){100}1", "é"), ("((a?b?c?d?e?){10}){10}x", "abcde"), ("(x*)*(x*)*(x*)*y", "x"), ("(a*)*b", "a"),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a"), ("(.*)*=(.*)*", "x"), ("(?i)(ä|Ä)*ö", "ä"),
    ]

    @Test(arguments: wide.indices)
    func `what a pattern costs grows with the text and no faster`(row: Int) throws {
        let (pattern, part) = Self.wide[row]
        func time(_ bytes: Int) throws -> Double {
            let program = try Program.compile("t.matches(p)", vocabulary: .unchecked).get()
            let text = Value.string(String(repeating: part, count: bytes / part.utf8.count))
            let slots = NamedSlots(program, ["t": text, "p": .string(pattern)])
            #expect(program.evaluate(costLimit: .max, slots) == .bool(false))
            return (0..<5).map { _ in processorTime { _ = program.evaluate(costLimit: .max, slots) } }.min() ?? 0
        }
        // Four times the text; a quadratic engine would take sixteen times as long.
        let (short, long) = (try time(600), try time(2_400))
        #expect(long < short * 12, "\(short) and \(long)")
    }

    /// Seconds of this thread's own work: what else the machine does must not count.
    private func processorTime(of work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }

    @Test func `long texts are paid for before they are read`() throws {
        let text = Value.string(String(repeating: "a", count: 1_000_000))
        #expect(try evaluate("t.matches('(a*)*b')", ["t": text]).errorCode == .costExceeded)
        #expect(try evaluate("t.matches(t)", ["t": text]).errorCode == .costExceeded)
        let pattern = Value.string(String(repeating: "a", count: 4_097))
        #expect(try evaluate("'a'.matches(p)", ["p": pattern]).errorCode == .badPattern)
    }

    @Test func `classes of many ranges hold what they name`() throws {
        let letters = (0..<500).compactMap { Unicode.Scalar(UInt16(0x5000 + 3 * $0)) }
        let pattern = "^[" + letters.map { String($0) }.joined() + "b-dx-za]$"
        for letter in letters { #expect(try matches(String(letter), pattern) == true) }
        for letter in letters { #expect(try matches(String(Unicode.Scalar(letter.value + 1) ?? "b"), pattern) == false) }
        for letter in "abcdxyz" { #expect(try matches(String(letter), pattern) == true) }
        #expect(try matches("e", pattern) == false && matches("w", pattern) == false)
    }

    @Test func `a literal pattern is read once and its mistakes are found before anything runs`() {
        #expect(mistakes(in: "matches(account.tier, '[')").count == 1)
        #expect(mistakes(in: "account.tier.matches('^p')") == [])
    }
}
