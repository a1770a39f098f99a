import Testing

@testable import TenureAuthoring

/// What an author reads for each mistake, word for word.
@Suite struct `Mistakes in YAML as text` {
    @Test func `an open list`() {
        let text = #"""
            metrics: [a, b
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P001]: this is not valid YAML
                  ┌─ b.yaml:1:15
                  │
                1 │ metrics: [a, b
                  │               ^ a `,` or `]` is due here
                  │
                  ┌─ b.yaml:1:10
                  │
                1 │ metrics: [a, b
                  │          - the list is opened here
                  │
                Hint: close the list with `]`   More: tenure explain P001

                """#)
    }

    @Test func `a tab`() {
        let text = #"""
            metrics:
            	- id: a
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P013]: this line is indented with a tab
                  ┌─ b.yaml:2:1
                  │
                2 │  - id: a
                  │ ^ a tab
                  │
                YAML is indented with blanks, because a tab is as wide as each editor likes.
                Hint: write blanks; most editors can turn tabs into them   More: tenure explain P013

                """#)
    }

    @Test func `an alias`() {
        let text = #"""
            events: &all
              - {type: a, title: A}
            features: *all
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P005]: anchors and aliases are not allowed
                  ┌─ b.yaml:3:11
                  │
                3 │ features: *all
                  │           ^^^^ here
                  │
                Every definition stands on its own, so that it can be read alone.
                Hint: write the value out; a text that begins with `&` or `*` needs quotes   More: tenure explain P005

                """#)
    }

    @Test func `an anchor that nothing names`() {
        let text = #"""
            roles: &all []
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P005]: anchors and aliases are not allowed
                  ┌─ b.yaml:1:8
                  │
                1 │ roles: &all []
                  │        ^ here
                  │
                Every definition stands on its own, so that it can be read alone.
                Hint: write the value out; a text that begins with `&` or `*` needs quotes   More: tenure explain P005

                """#)
    }

    @Test func `a tag`() {
        let text = #"""
            events:
              - {type: a, title: !Foo "A"}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P006]: tags are not allowed
                  ┌─ b.yaml:2:22
                  │
                2 │   - {type: a, title: !Foo "A"}
                  │                      ^ here
                  │
                The kind of every value follows from the key it is written at.
                Hint: remove the tag; a text that begins with `!` needs quotes   More: tenure explain P006

                """#)
    }

    @Test func `a merge key`() {
        let text = #"""
            roles:
              - {<<: {id: a}, title: A}
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P007]: merge keys are not allowed
                  ┌─ b.yaml:2:6
                  │
                2 │   - {<<: {id: a}, title: A}
                  │      ^^ here
                  │
                Every definition stands on its own, so that it can be read alone.
                Hint: write the keys out   More: tenure explain P007

                """#)
    }

    @Test func `a key that is written twice`() {
        let text = #"""
            roles:
              - id: csm
                title: A
                id: other
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P008]: the key `id` is written twice
                  ┌─ b.yaml:4:5
                  │
                4 │     id: other
                  │     ^^ again here
                  │
                  ┌─ b.yaml:2:5
                  │
                2 │   - id: csm
                  │     -- first here
                  │
                More: tenure explain P008

                """#)
    }

    @Test func `two documents`() {
        let text = #"""
            roles: []
            ---
            tiers: []
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P004]: this file holds more than one document
                  ┌─ b.yaml:3:1
                  │
                3 │ tiers: []
                  │ ^ the second one begins here
                  │
                A file holds one YAML document.
                Hint: remove the `---` line, or make it two files   More: tenure explain P004

                """#)
    }

    @Test func `nothing but a comment`() {
        let text = #"""
            # nothing yet
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P009]: this file says nothing
                  ┌─ b.yaml:1:1
                  │
                1 │ # nothing yet
                  │ ^ no section is here
                  │
                A file of a programme holds one or more sections, such as `metrics:` or `signals:`.
                More: tenure explain P009

                """#)
    }

    @Test func `a list where sections belong`() {
        let text = #"""
            - a
            """#
        #expect(
            mistakeText(in: text) == #"""
                error[P104]: a file must be a mapping of sections
                  ┌─ b.yaml:1:1
                  │
                1 │ - a
                  │ ^ this is a list
                  │
                A file of a programme holds one or more sections, such as `metrics:` or `signals:`.
                More: tenure explain P104

                """#)
    }
}
