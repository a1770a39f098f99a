import TenureCore
import Testing

@testable import TenureAuthoring

@Suite struct `Mistakes` {
    @Test func `ten in one file are all reported, in the order of lines`() {
        let text = """
            roles:
              - {id: csm, title: CSM, tem: true}
            metrics:
              - {id: a, unit: kount, better: up, active_members: true, windows: [7d]}
              - {id: b, unit: count, better: up, active_members: true, windows: [700d]}
              - {id: c, unit: count, better: up, sum: {event: nothing}, windows: [7d]}
            signals:
              - {id: low, severity: high, when: 'm("a.7d") < 50'}
              - {id: high, title: High, severity: high, when: 'm("a.7d") < "x"'}
              - {id: high, title: High, severity: high, when: 'm("a.8d") < 5.0'}
            plays:
              - {id: p, title: P, owner: cms, starts_on: [lowe], steps: [{id: s, title: S}]}
              - {id: q, title: Q, owner: csm, reentry: often, steps: [{id: s, title: S}]}
            """
        #expect(
            codes(in: text) == [
                "P102", "P105", "P406", "P201", "P103", "P304", "P107", "P206", "P208", "P104",
            ])
    }

    @Test func `are at most two hundred, and the last says that there are more`() {
        let roles = (0..<400).map { "  - {id: r\($0), titel: R}" }.joined(separator: "\n")
        let found = codes(in: "roles:\n" + roles)
        #expect(found.count == 201)
        #expect(found.first == "P012")
    }

    @Test func `in a file that can not be read hide no others of its kind, and raise none`() {
        let found = read(
            folder(
                ("a.yaml", header), ("b.yaml", "metrics: ["), ("c.yaml", "metrics: {"),
                ("d.yaml", "show: [users.active.7d]")))
        #expect(found.mistakes.map(\.code.rawValue) == ["P001", "P001"])
    }

    @Test func `of the catalogue are placed in its folder`() {
        let own = folder(
            (
                "p.yaml",
                "programme: {id: x, title: X, version: 1, time_zone: UTC, extends: catalogue}\nshow: [a.7d]"
            ))
        let base = folder(
            ("m.yaml", "metrics:\n  - {id: a, unit: count, better: up, sum: {event: e}, windows: [7d]}\n"))
        let text = mistakeText(own, catalogue: base)
        #expect(text.contains("┌─ catalogue/m.yaml:2:51"))
        #expect(text.contains("2 │   - {id: a, unit: count"))
    }

    @Test func `in a catalogue's definitions that nobody refers to are nobody's`() {
        let own = folder(
            ("p.yaml", "programme: {id: x, title: X, version: 1, time_zone: UTC, extends: catalogue}"))
        let base = folder(
            ("m.yaml", "metrics:\n  - {id: a, unit: count, better: up, sum: {event: e}, windows: [7d]}\n"))
        #expect(read(own, catalogue: base).loaded != nil)
    }

    @Test func `are refused in a catalogue that says how to judge`() {
        let own = folder(
            ("p.yaml", "programme: {id: x, title: X, version: 1, time_zone: UTC, extends: catalogue}"))
        let base = folder(("m.yaml", "signals: []"))
        #expect(read(own, catalogue: base).mistakes.map(\.code) == [.notForCatalogue])
    }

    @Test func `that are warnings do not refuse a programme`() {
        let result = read(folder(("a.yaml", header), ("messages/lost.mustache", "Hi")))
        #expect(result.loaded != nil)
        #expect(result.mistakes.map(\.severity) == [.warning])
    }

    @Test func `of a folder without a programme`() {
        #expect(read(folder()).mistakes.map(\.code) == [.emptyFolder])
        #expect(read(folder(("a.yaml", "roles: []"))).mistakes.map(\.code) == [.programmeCount])
    }

    @Test func `are JSON for editors`() throws {
        let found = read(folder(("a.yaml", header), ("b.yaml", "roles:\n  - {id: csm}\n"))).mistakes
        #expect(
            Diagnostic.json(found).text
                == #"{"format_version":"1","diagnostics":[{"code":"P103","severity":"error","#
                + #""title":"this role has no `title`","labels":[{"file":"b.yaml","line":2,"column":6,"length":2,"#
                + #""text":"`title` is missing here"}],"explanation":"A role needs `title`.","hint":null}]}"#)
    }

    @Test func `in a very long line show the part that matters`() {
        let blanks = String(repeating: " ", count: 300)
        let text = mistakeText(in: "roles: [{id: csm,\(blanks)titel: CSM, title: A}]\(blanks)# end")
        let line = text.split(separator: "\n").first { $0.hasPrefix("1 │") } ?? ""
        #expect(line.count < 140)
        #expect(line.contains("titel: CSM"))
        #expect(line.hasPrefix("1 │ …"))
        #expect(line.hasSuffix("…"))
    }
}

@Suite struct `Rings` {
    @Test func `are found behind long chains`() {
        let ids = (0..<20_000).map { "m\($0)" }
        func next(_ id: String) -> [String] {
            let number = Int(id.dropFirst()) ?? 0
            return number + 1 < ids.count ? ["m\(number + 1)"] : []
        }
        #expect(Cycle.find(ids, next) == nil)
        #expect(Cycle.find(ids) { $0 == "m19999" ? ["m19998"] : next($0) } == ["m19998", "m19999"])
        #expect(Cycle.find(["a"]) { _ in ["a"] } == ["a"])
        #expect(Cycle.find(["a", "b"]) { _ in ["gone"] } == nil)
    }
}
