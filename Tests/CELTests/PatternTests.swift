import CEL
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

    @Test func `a literal pattern is read once and its mistakes are found before anything runs`() {
        #expect(mistakes(in: "matches(account.tier, '[')").count == 1)
        #expect(mistakes(in: "account.tier.matches('^p')") == [])
    }
}
