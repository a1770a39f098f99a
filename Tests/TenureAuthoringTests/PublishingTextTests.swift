import TenureProgramme
import Testing

@testable import TenureAuthoring

/// What an author reads of mistakes in `publishing`, and what it says when there are none.
@Suite struct `What a programme asks of the next version` {
    private func header(_ publishing: String) -> ProgrammeFolder {
        folder(
            (
                "a.yaml",
                """
                programme:
                  id: small
                  title: Small
                  version: 1
                  time_zone: Europe/Rome
                  publishing: \(publishing)

                """
            ))
    }

    private func needsApproval(_ publishing: String) -> Bool? {
        let zones = testZones
        let (_, programme) = ProgrammeReader.assemble(ParsedFolder(header(publishing)), nil, zones)
        return programme.needsApproval
    }

    @Test func `it is read, and left out it asks for nothing`() {
        #expect(needsApproval("{approval: required}") == true)
        #expect(needsApproval("{approval: none}") == false)
        #expect(!(read(folder(("a.yaml", small))).loaded?.programme.needsApproval ?? true))
    }

    @Test func `an approval that is misspelt`() {
        #expect(
            mistakeText(header("{approval: requird}")).contains(
                #"""
                error[P105]: `approval` can not be `requird`
                  ┌─ a.yaml:6:26
                  │
                6 │   publishing: {approval: requird}
                  │                          ^^^^^^^ not one of the choices
                  │
                It is one of `required` or `none`.
                Hint: did you mean `required`?   More: tenure explain P105
                """#))
    }

    @Test(arguments: [
        ("{aproval: required}", "`aproval`"), ("{}", "`approval`"), ("required", "a mapping"), ("[required]", "a mapping"),
        ("{approval: true}", "`true`"),
    ])
    func `what is no approval is told, and asks for none`(publishing: String, words: String) {
        #expect(mistakeText(header(publishing)).contains(words), "\(mistakeText(header(publishing)))")
        #expect(needsApproval(publishing) == false)
    }
}

private let small = """
    programme: {id: small, title: Small, version: 1, time_zone: Europe/Rome}
    metrics: [{id: users.active, unit: count, better: up, active_members: true, windows: [7d]}]
    health:
      id: h
      groups: [{id: g, title: G, weight: 1, components: [{id: c, title: C, weight: 1, metric: users.active.7d, curve: {linear: [[0, 0], [3, 100]]}}]}]
      bands: [{id: all, title: All, from: 0, tone: good}]
    """
