extension MistakeExample {
    static let yamlSyntax = MistakeExample(
        """
        roles: [{id: csm, title: CSM}
        """, wrong: "CSM}", right: "CSM}]",
        fix: "Close what is open; quote texts that hold `: `, ` #` or brackets.")

    static let fileTooLarge = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        # «270000 × x»
        """, wrong: "# «270000 × x»", right: "", fix: "Spread the section over several files; lists add up.")

    static let yamlTooDeep = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        tiers: «40 × [»«40 × ]»
        """, wrong: "«40 × [»«40 × ]»", right: "[]",
        fix: "Nothing in the format is nested that deep: look for a slip.")

    static let severalDocuments = MistakeExample(
        """
        roles: [{id: csm, title: CSM}]
        ---
        tiers: [{id: gold, title: Gold}]
        """, wrong: "---", right: "", fix: "Remove the `---` line, or make it two files.")

    static let anchor = MistakeExample(
        """
        roles: [{id: csm, title: &name CSM}]
        """, wrong: "&name ", right: "",
        fix: "Write the value out at each place; quote a text that begins with `&` or `*`.")

    static let tag = MistakeExample(
        """
        roles: [{id: csm, title: !!str CSM}]
        """, wrong: "!!str ", right: "", fix: "Remove the tag; quote a text that begins with `!`.")

    static let mergeKey = MistakeExample(
        """
        roles: [{<<: {title: CSM}, id: csm, title: CSM}]
        """, wrong: "<<: {title: CSM}, ", right: "", fix: "Write the keys out.")

    static let duplicateKey = MistakeExample(
        """
        roles:
          - id: csm
            title: CSM
            title: Manager
        """, wrong: "\n    title: Manager", right: "", fix: "Keep one of the two.")

    static let emptyFile = MistakeExample(
        """
        # roles will follow
        """, wrong: "# roles will follow", right: "roles: []", fix: "Write a section, or remove the file.")

    static let keyNotText = MistakeExample(
        """
        roles: [{id: csm, title: CSM, [a]: 1}]
        """, wrong: ", [a]: 1", right: "", fix: "Quote the key if it is a text that begins with a bracket.")

    static let emptyFolder = MistakeExample(
        """
        -- README.md --
        My programme
        """, wrong: "-- README.md --\nMy programme",
        right: "-- programme.yaml --\nprogramme: {id: mine, title: Mine, version: 1, time_zone: Europe/Rome}",
        fix: "Give the folder that holds `programme.yaml`.")

    static let tooManyMistakes = MistakeExample(
        """
        roles:
        «201 × - {}
        »
        """, wrong: "«201 × - {}\n»", right: "- {id: csm, title: CSM}",
        fix: "Mend those that are shown first.")

    static let tabIndentation = MistakeExample(
        """
        roles:
        «U+0009»- {id: csm, title: CSM}
        """, wrong: "«U+0009»", right: "  ", fix: "Indent with spaces; most editors can convert tabs.")

    static let controlCharacter = MistakeExample(
        """
        roles: [{id: csm, title: "C«U+0000»SM"}]
        """, wrong: "«U+0000»", right: "",
        fix: "Delete the character; it often comes from copying out of another program.")

    static let notUTF8 = MistakeExample(
        """
        roles: [{id: csm, title: "Gesch«0xE4»ft"}]
        """, wrong: "«0xE4»", right: "ä", fix: "Save the file as UTF-8.")
}
