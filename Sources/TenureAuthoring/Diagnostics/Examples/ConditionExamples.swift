extension MistakeExample {
    static let conditionSyntax = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seats <'}]
        """, wrong: "account.seats <", right: "account.seats < 5",
        fix: "Complete the expression; quote it as a whole.")

    static let conditionName = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seat < 5'}]
        """, wrong: "account.seat ", right: "account.seats ",
        fix: "Correct the name; the time is `now` of entities and `days_since(…)`, there is no `now()`.")

    static let conditionFunction = MistakeExample(
        """
        signals: [{id: test, title: Test, severity: low, when: 'account.name.beginsWith("Test")'}]
        """, wrong: "beginsWith", right: "startsWith", fix: "Take a function of CEL's library.")

    static let conditionTypes = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < "5"'}]
        """, wrong: "\"5\"", right: "5",
        fix: "Compare like with like: metrics are doubles (`5.0`), days are whole (`5`), texts are quoted.")

    static let conditionTooLarge = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: '«500 × (»account.seats < 5«500 × )»'}]
        """, wrong: "«500 × (»account.seats < 5«500 × )»", right: "account.seats < 5",
        fix: "Give parts of it names: a metric of `unit: bool`, or another signal.")

    static let conditionLiteral = MistakeExample(
        """
        signals: [{id: small, title: Small, severity: low, when: 'account.seats < 99999999999999999999'}]
        """, wrong: "99999999999999999999", right: "999999999", fix: "Write a value that exists.")

    static let conditionPattern = MistakeExample(
        """
        signals: [{id: test, title: Test, severity: low, when: 'account.name.matches("(test")'}]
        """, wrong: "(test", right: "test",
        fix: "Write a pattern in RE2's syntax; there are no back-references.")

    static let conditionResult = MistakeExample(
        """
        metrics: [{id: size, unit: count, better: none, expression: 'account.seats > 5'}]
        show: [size]
        """, wrong: "account.seats > 5", right: "double(account.seats)",
        fix: "Give a number, or write `unit: bool`.")

    static let impossibleValue = MistakeExample(
        """
        tiers: [{id: free, title: Free}, {id: paid, title: Paid}]
        signals: [{id: small, title: Small, severity: low, when: 'account.tier == "payed"'}]
        """, wrong: "payed", right: "paid", fix: "Compare with a value that there is.")

    static let neverTrue = MistakeExample(
        """
        signals: [{id: odd, title: Odd, severity: low, when: 'account.seats < 5 && account.seats > 50'}]
        """, wrong: "&&", right: "||",
        fix: "Correct the numbers or the connective; a percentage is from 0 to 100, a ratio from 0 to 1.")

    static let alwaysTrue = MistakeExample(
        """
        signals: [{id: odd, title: Odd, severity: low, when: 'account.seats > 5 || account.seats < 50'}]
        """, wrong: "||", right: "&&",
        fix: "Correct the numbers or the connective, or leave the condition out.")

    static let conditionFails = MistakeExample(
        """
        signals: [{id: odd, title: Odd, severity: low, when: 'account.seats > 5 || 1 / 0 > 5'}]
        """, wrong: "1 / 0 > 5", right: "account.arr > 1000.0",
        fix: "Correct the arithmetic; a condition that fails counts as not met.")

    static let conditionTooCostly = MistakeExample(
        """
        signals:
          - id: odd
            title: Odd
            severity: low
            when: '[1, 2, 3, 4, 5, 6, 7, 8, 9].all(a, [1, 2, 3, 4, 5, 6, 7, 8, 9].all(b, [1, 2, 3, 4, 5, 6, 7, 8, 9].all(c, [1, 2, 3, 4, 5, 6, 7, 8, 9].all(d, [1, 2, 3, 4, 5, 6, 7, 8, 9].all(e, a + b + c + d + e < account.seats + 99)))))'
        """, wrong: ".all(d, [1, 2, 3, 4, 5, 6, 7, 8, 9].all(e, a + b + c + d + e < account.seats + 99))",
        right: ".all(d, a + b + c + d < account.seats + 99)", fix: "Nest fewer loops, or shorten their lists."
    )
}
