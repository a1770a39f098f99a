import TenureCore

extension TextEdits {
    /// Who owns renewals and growth; when it is one person, nobody is told twice.
    mutating func workInRenewals(_ answers: Answers) {
        guard answers.renewals == nil else { return }
        replace("programme.yaml", "  - {id: account_executive, title: Account Executive}\n", "")
        replaceEverywhere([
            ("[role:head_of_cs, role:account_executive]", "[role:head_of_cs, role:csm]"),
            (", role:account_executive", ""), ("[role:account_executive, ", "["), (", account_executive: bob", ""),
            ("role:account_executive", "role:csm"), ("owner: account_executive", "owner: csm"),
            ("Hand over to the account executive", "Agree on what to offer"),
        ])
    }

    /// Names, plans, segments and the zone.
    mutating func workInAccounts(_ answers: Answers) {
        workInTests(answers)
        replaceEverywhere(Self.header(answers) + Self.people(answers), below: "programme.yaml")
    }

    private static func header(_ answers: Answers) -> [(old: String, new: String)] {
        let id = ids(of: [answers.name], fallback: "programme")[0]
        return [
            (oldHead, newHead), ("  id: starter\n  title: Starter\n", "  id: \(id)\n  title: \(quoted(answers.name))\n"),
            ("  time_zone: UTC\n", "  time_zone: \(answers.zone)   # of customers that name none\n"),
            ("  currency: USD\n", "  currency: \(answers.currency)\n"),
            ("account.arr >= 100000.0", "account.arr >= \(answers.strategic).0"),
            ("account.arr >= 20000.0", "account.arr >= \(answers.core).0"),
        ]
    }

    private static func people(_ answers: Answers) -> [(old: String, new: String)] {
        let tiers = zip(ids(of: answers.tiers, fallback: "plan"), answers.tiers)
        let plans = "  - {id: basic, title: Basic}\n  - {id: professional, title: Professional}\n  - {id: enterprise, title: Enterprise}\n"
        let pairs = [
            (plans, tiers.map { "  - {id: \($0), title: \(quoted($1))}\n" }.joined()),
            ("title: Customer Success Manager}", "title: \(quoted(answers.owner))}"),
        ]
        guard let title = answers.renewals else { return pairs }
        return pairs + [("title: Account Executive}", "title: \(quoted(title))}")]
    }

    /// Test accounts are strategic, core and digital by the new amounts, and on UTC, in which their deadlines are written.
    private mutating func workInTests(_ answers: Answers) {
        let tiers = ids(of: answers.tiers, fallback: "plan")
        let middle = tiers[tiers.count / 2]
        let (first, last) = (tiers.first ?? middle, tiers.last ?? middle)
        replaceEverywhere(
            [
                ("tier: professional", "tier: \(middle)"), ("tier: basic", "tier: \(first)"),
                ("tier: enterprise", "tier: \(last)"), ("arr: 150000", "arr: \(answers.strategic / 2 * 3)"),
                ("arr: 30000", "arr: \(answers.core + (answers.strategic - answers.core) / 2)"),
                ("arr: 5000", "arr: \(answers.core / 4)"),
            ] + (answers.zone == "UTC" ? [] : [("account: {", "account: {time_zone: UTC, ")]), below: "tests/")
    }

    private static let oldHead = """
        # A programme that a normal B2B SaaS company can run unchanged: send sessions, feature use, tickets, invoices,
        # meetings and the dates of the term, and it watches, explains and starts the right play.

        """

    private static let newHead = """
        # Your programme, made from your answers. Send sessions, feature use, tickets, invoices, meetings and the dates of
        # the term, and it watches, explains and starts the right play. Change what you like: `tenure check` tells what a
        # change breaks. Working hours and holidays are in `calendars`, titles in `roles`, what is worth a person's time in
        # `segments`; how health is made is in health.yaml, when somebody is disturbed in signals.yaml, what is done then in
        # plays_*.yaml, and what is sent in messages.yaml and messages/.

        """
}
