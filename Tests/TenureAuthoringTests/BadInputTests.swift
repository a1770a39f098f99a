import Testing

@testable import TenureAuthoring

/// The bad inputs that were promised an answer, by the numbers of their rows; numbers that are not there belong to
/// other layers: 128 to publishing, 146, 155 and 158 to running and rendering.
@Suite struct `Bad inputs` {
    private static let signal = "signals:\n  - {id: s, title: S, severity: low, when: '%'}\n"
    private static let step =
        "roles: [{id: csm, title: CSM}]\nplays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, %}]}]\n"
    private static let message =
        "roles: [{id: csm, title: CSM}]\nmessages: [{id: m, channel: mail, audience: team, subject: S}]\n"
        + "plays: [{id: p, title: P, owner: csm, steps: [{id: a, title: A, do: [{mail: m, to: role:csm}]}]}]\n"
        + "-- messages/m.mustache --\n%"

    static let rows: [(row: Int, text: String, codes: [String])] =
        yaml + conditions.map { ($0.row, signal.replacing("%", with: $0.text), $0.codes) }
        + messages.map { ($0.row, message.replacing("%", with: $0.text), $0.codes) }

    private static let yaml: [(row: Int, text: String, codes: [String])] =
        [
            (107, "%PDF-1.7", ["P001"]), (107, "-- empty.yaml --", ["P009"]), (107, "# nothing", ["P009"]),
            (108, "roles: [] # «262144 × x»", ["P002"]),
            (110, "roles: &a []", ["P005"]), (110, "roles: &a []\ntiers: *a", ["P005"]),
            (110, "roles: [{<<: {id: a, title: A}}]", ["P007"]),
            (111, "roles: &a [*a]", ["P005"]),
            (112, "roles: !!python/object []", ["P006"]), (112, "roles: !Foo []", ["P006"]),
            (112, "roles: !!binary aGk=", ["P006", "P104"]),
            (114, "roles: []\n---\ntiers: []", ["P004"]),
            (115, "roles: «33 × [»«33 × ]»", ["P003"]), (115, "«100000 × - »", ["P003"]),
            (115, "«100000 × [»", ["P003"]),
            (116, "roles:\n«U+0009»- {id: a}", ["P013"]),
            (119, "programme: {id: p, title: P, version: 1.10, time_zone: Europe/Rome}", ["P104"]),
            (
                120,
                "health: {id: h, groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: m, curve: identity}]}], bands: [{id: b, title: B, from: 0, tone: good, thershold: 3}]}\nmetrics: [{id: m, unit: percent, better: up, expression: '1.0'}]",
                ["P102"]
            ),
            (122, step.replacing("%", with: "after: [a]"), ["P502"]),
            (122, step.replacing("%", with: "window: {from: step:a, opens: 1d}"), ["P505"]),
            (122, step.replacing("title: A, %}", with: "title: A}, {id: a, title: B}"), ["P107"]),
            (
                123,
                "roles: [{id: csm, title: CSM}]\nsignals: [{id: s, title: S, severity: low, when: '!play(\"p\").running'}]\nplays: [{id: p, title: P, owner: csm, starts_on: [s], steps: [{id: a, title: A}]}]",
                ["P506"]
            ),
            (124, step.replacing("%", with: "window: {due: 0d}"), []),
            (124, step.replacing("%", with: "window: {due: -1d}"), ["P408"]),
            (124, step.replacing("%", with: "window: {due: P1M}"), ["P110"]),
            (124, step.replacing("%", with: "window: {due: 10436w}"), ["P408"]),
            (124, step.replacing("%", with: "window: {due: 2400mo}"), ["P408"]),
            (
                126,
                "metrics: [{id: m, unit: count, better: up, sum: {event: nothing}, windows: [7d]}]\nsignals: [{id: s, title: S, severity: low, when: 'm(\"x.7d\") > 1.0'}]\nplays: [{id: p, title: P, owner: nobody, starts_on: [none], steps: [{id: a, title: A, do: [{mail: none, to: [role:no]}]}]}]",
                ["P201", "P214", "P206", "P208", "P211", "P206"]
            ),
            (127, step.replacing("%", with: "do: [{mail: ../../secrets, to: role:csm}]"), ["P211"]),
            (
                127, "messages: [{id: ../../secrets, channel: mail, audience: team, subject: S}]",
                ["P106", "P608"]
            ),
        ]
        + ["012", "0o12", "1_000", "12:30:45", ".inf", ".nan"].map {
            (
                118,
                "metrics: [{id: m, unit: count, better: up, sum: {event: e}, windows: [7d], sample_min: \($0)}]\nevents: [{type: e, title: E}]\nshow: [m.7d]",
                ["P104"]
            )
        }

    private static let conditions: [(row: Int, text: String, codes: [String])] = [
        (130, "", ["P301"]), (130, "   ", ["P301"]), (130, "1 +", ["P301"]),
        (130, "(account.seats > 1", ["P301"]),
        (131, "account.seats > 1«4080 × +»", ["P305"]),
        (132, "«1000 × (»1", ["P305"]), (132, "«1000 × !»true", ["P305"]),
        (132, "«500 × true ? true : »true", ["P305"]),
        (132, "«1000 × [»", ["P305"]),
        (134, "\"a\" > 1", ["P304"]), (134, "[1] + 1 > 1", ["P304"]), (134, "account.name", ["P304"]),
        (135, "9223372036854775807 + 1 > 0", ["P312"]), (135, "-9223372036854775808 / -1 > 0", ["P312"]),
        (135, "-9223372036854775808 % -1 > 0", ["P312"]),
        (136, "1 / 0 > 0", ["P312"]), (136, "1 % 0 > 0", ["P312"]), (136, "int(1e19) > 0", ["P312"]),
        (136, "int(double(\"NaN\")) > 0", ["P312"]),
        (
            138,
            "\"«900 × a»\".split(\"\").all(a, \"«900 × a»\".split(\"\").all(b, \"«900 × a»\".split(\"\").all(c, a == b && b == c)))",
            ["P313"]
        ),
        (139, "account.name.matches(\"(a+)+$\")", []), (139, "account.name.matches(\"(a\")", ["P307"]),
        (140, "«30 × cel.bind(s, account.name + account.name, »account.name == \"\"«30 × )»", []),
        (142, "now() > 1", ["P303"]), (142, "random() > 0.5", ["P303"]),
        (142, "now > account.term_end", ["P302"]),
        (143, "account.owner.password == \"x\"", ["P302"]), (143, "secrets.key == \"x\"", ["P302"]),
        (144, "account.name == \"\\ud800\"", ["P301"]), (144, "account.name == \"«U+0000»\"", ["P014"]),
        (144, "b\"\\xff\" == b\"\\uD800\"", ["P301"]),
    ]

    private static let messages: [(row: Int, text: String, codes: [String])] = [
        (147, "{{", ["P607"]), (147, "{{#step.tasks}}", ["P602"]), (147, "{{/step.tasks}}", ["P602"]),
        (147, "{{#step.tasks}}{{#health.reasons}}{{/step.tasks}}{{/health.reasons}}", ["P602", "P602"]),
        (148, "«65537 × x»", ["P606"]),
        (150, "{{> m}}", ["P603"]), (151, "{{> none}}", ["P603"]),
        (152, "«3 × {{#step.tasks}}»x«3 × {{/step.tasks}}»", ["P614", "P614"]),
        (154, "{{=<% %>=}}", ["P607"]),
        (156, "<div onclick=\"{{account.url}}\">", ["P613"]), (156, "<style>{{account.name}}", ["P613"]),
        (156, "<script>{{account.name}}", ["P613"]),
        (159, "{{account.nothing}}", ["P601"]), (160, "{{account.owner.password}}", ["P601"]),
        (162, "{{portal.link}}", ["P601"]),
    ]

    @Test(arguments: rows) func `are refused with their codes`(row: Int, text: String, codes: [String]) {
        let folder = ExampleFolder(text)
        let found = folder.mistakes.filter { $0.severity == .error }
        #expect(found.map(\.code.rawValue).sorted() == codes.sorted(), "row \(row)")
        #expect(
            found.allSatisfy {
                $0.code == .emptyFolder || $0.labels.first.map { $0.place.line >= 1 } ?? false
            })
    }

    @Test func `have every row of definitions, conditions and messages`() {
        let elsewhere: Set = [
            109, 113, 117, 121, 125, 128, 129, 133, 137, 141, 145, 146, 149, 153, 155, 157, 158, 161,
        ]
        #expect(Set(Self.rows.map(\.row)) == Set(107...162).subtracting(elsewhere))
    }
}
