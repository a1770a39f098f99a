import CEL
import Testing

/// The messages are the product: they are compared as text.
@Suite struct MistakeTests {
    static let golden: [(source: String, mistakes: [String])] = [
        ("", ["syntax [] the expression is empty"]),
        ("   ", ["syntax [   ] the expression is empty"]),
        ("1 +", ["syntax [] expected a value, found the end"]),
        ("(1", ["syntax [] expected `)`, found the end"]),
        ("1)", ["syntax [)] expected an operator, found `)`"]),
        ("[1, 2", ["syntax [] expected `,` or `]`, found the end"]),
        ("size(1 2)", ["syntax [2] expected `,` or `)`, found a number"]),
        ("account.seats = 3", ["syntax [=] `=` has no meaning here: did you mean `==`?"]),
        ("account.tier == 'pro' & true", ["syntax [&] `&` has no meaning here: did you mean `&&`?"]),
        ("'abc", ["syntax ['abc] this text is not closed"]),
        ("'\\ud800'", ["syntax [\\ud800] this escape names no character"]),
        ("'\\é'", ["syntax [\\é] unknown escape"]), ("'\\u12é4'", ["syntax [\\u12é] this escape needs 4 digits"]),
        ("'a\u{0}b'", ["syntax ['a] this text is not closed"]),
        ("1abc", ["syntax [1abc] a number can not be followed by letters"]),
        ("if", ["syntax [if] `if` is a reserved word"]),
        ("9223372036854775808", ["badLiteral [9223372036854775808] this number needs more than 64 bits"]),
        ("1e999", ["badLiteral [1e999] this number is too large for a double"]),
        ("has(account)", ["syntax [has(account)] `has` asks for one field: has(a.b)"]),
        ("[1].all(1, true)", ["syntax [1] a plain variable name belongs here"]),
        (
            "account.sets > 3",
            ["undeclared [account.sets] nothing here is called `account.sets` (account.seats)"]
        ),
        (
            "Account.Seats > 3",
            ["undeclared [Account.Seats] nothing here is called `Account.Seats` (account.seats)"]
        ),
        (
            "account == 3",
            [
                "notAValue [account] `account` is a group of names: select one"
                    + " (account.renewal, account.seats, account.tags, account.tier)"
            ]
        ),
        ("secrets.key == 'x'", ["undeclared [secrets.key] nothing here is called `secrets.key`"]),
        ("now() > now", ["unknownFunction [now()] there is no function `now`"]),
        (
            "m('user.active.7d') > 1",
            [
                "undeclared [m('user.active.7d')] `m` knows no \"user.active.7d\" (users.active.7d, users.active.28d)"
            ]
        ),
        ("m(account.tier) > 1", ["badLiteral [m(account.tier)] `m` takes one name in quotes: m(\"…\")"]),
        (
            "signal('quiet')",
            [
                "notAValue [signal('quiet')] `signal(\"quiet\")` is a record: select one of its fields (open, since)"
            ]
        ),
        (
            "signal('quiet').opne",
            ["undeclared [signal('quiet').opne] `signal(…)` has no field `opne` (open)"]
        ),
        ("'a' > 1", ["noOverload ['a' > 1] there is no `>` for string and int"]),
        ("[1] + 2 == [3]", ["noOverload [[1] + 2] there is no `+` for list(int) and int"]),
        (
            "m('users.active.7d') * 2 > 1.0",
            ["noOverload [m('users.active.7d') * 2] there is no `*` for double and int: write `2.0`"]
        ),
        (
            "account.seats / 2.0 > 1.0",
            [
                "noOverload [account.seats / 2.0] there is no `/` for int and double: wrap the other side as double(…)"
            ]
        ),
        ("account.seats && true", ["noOverload [account.seats] `&&` joins conditions, but this gives int"]),
        ("!account.seats", ["noOverload [!account.seats] there is no `!` for int"]),
        (
            "account.tier ? 1 : 2",
            ["noOverload [account.tier] `?` needs a condition before it, but this gives string"]
        ),
        ("true ? 1 : 'a'", ["typeMismatch [true ? 1 : 'a'] the two outcomes differ: int and string"]),
        (
            "account.tier.all(x, true)",
            ["typeMismatch [account.tier] this walks a list or a map, but it is given string"]
        ),
        ("account.seats.name", ["typeMismatch [account.seats.name] int has no field `name`"]),
        (
            "account.tier.startWith('a')",
            ["unknownFunction [account.tier.startWith('a')] there is no function `startWith` (startsWith)"]
        ),
        (
            "account.tier.startsWith(1)",
            ["noOverload [account.tier.startsWith(1)] there is no `string.startsWith(int)`"]
        ),
        (
            "lowerAscii(account.tier)",
            ["unknownFunction [lowerAscii(account.tier)] `lowerAscii` is called on a value: x.lowerAscii(…)"]
        ),
        ("account.tier.matches('(a')", ["badPattern ['(a'] a group in this pattern is not closed"]),
        (
            "timestamp('2026-02-30T00:00:00Z') < now",
            [
                "badLiteral [timestamp('2026-02-30T00:00:00Z')] a timestamp is written like 2026-05-01T09:00:00Z, in the years 1 to 9999"
            ]
        ),
        (
            "duration('1 day') > duration('1h')",
            [
                "badLiteral [duration('1 day')] a duration is written like 30d, 1h30m or 2.5s, within 10,000 years"
            ]
        ),
        (
            "account.sets > 'a' && account.seats == 'b' && m('x') > 1",
            [
                "undeclared [account.sets] nothing here is called `account.sets` (account.seats)",
                "noOverload [account.seats == 'b'] there is no `==` for int and string",
                "undeclared [m('x')] `m` knows no \"x\"",
            ]
        ),
    ]

    @Test(arguments: golden.indices)
    func `a mistake is told in words`(row: Int) {
        #expect(mistakes(in: Self.golden[row].source) == Self.golden[row].mistakes)
    }

    @Test func `a result of the wrong type is a mistake`() {
        #expect(
            mistakes(in: "account.tier", expecting: .bool) == [
                "typeMismatch [account.tier] this gives string, but bool is needed here"
            ])
        #expect(mistakes(in: "account.seats > 1", expecting: .bool) == [])
        #expect(mistakes(in: "event.data.ok", expecting: .bool) == [])
    }

    @Test func `suggestions are at most four, nearest first, and only one that differs in case`() {
        #expect(
            suggestions("seat_x", ["seat_e", "seat_d", "seat_c", "seats_yz", "seat_a"]) == [
                "seat_a", "seat_c", "seat_d", "seat_e",
            ])
        #expect(
            suggestions("seat_x", ["seat_xyz", "seat_xy", "saet_x"]) == ["saet_x", "seat_xy", "seat_xyz"])
        #expect(suggestions("seat_x", ["seat_a", "SEAT_X"]) == ["SEAT_X"])
        #expect(suggestions("seat_x", ["chair"]) == [])
    }

    private func suggestions(_ written: String, _ declared: [String]) -> [String]? {
        var vocabulary = Vocabulary()
        for name in declared { vocabulary.declare(name, .int) }
        guard case .failure(let issues) = Program.compile(written, vocabulary: vocabulary) else { return nil }
        return issues.issues[0].suggestions
    }
}
