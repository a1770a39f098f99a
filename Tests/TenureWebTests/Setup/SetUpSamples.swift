import TenureRuntime

@testable import TenureWeb

extension Samples {
    static var setUp: SetUpPage {
        SetUpPage(
            shell: shell, action: "/", formToken: "f", asksOwner: true, SetUpForm(),
            [.init(id: "i", title: "t", sentence: "s")], problem: "p")
    }

    static var team: TeamPage {
        TeamPage(
            shell: shell, formToken: "f", keys: "/", newWorkspace: "/", sampleData: "/", isOwner: true,
            link: .init(name: "n", url: "/"),
            problem: "p", name: "n", email: "e",
            teammates: [
                .init(id: "i", name: "n", email: "e", role: "r", mayBeLinked: true, mayBeRemoved: true)
            ],
            former: ["f"], hasFormer: true)
    }

    static var sampleData: SampleDataPage {
        SampleDataPage(
            shell: shell, formToken: "f", problem: "p", settings: "/", newWorkspace: "/",
            samples: [.init(title: "t", folder: "f", accounts: "a")], hasSamples: true, names: "n", stays: "s", button: "b")
    }

    static var keys: KeyPage {
        KeyPage(
            shell: shell, formToken: "f", settings: "/", isOwner: true, made: .init(name: "n", secret: "s"),
            problem: "p",
            keys: [
                .init(
                    hash: "h", name: "n", kind: "k", created: "c", used: "u", mayBeRevoked: true, status: "s")
            ],
            isEmpty: false)
    }

    static var imports: ImportsPage {
        ImportsPage(
            shell: shell, formToken: "f", problem: "p", sizeMax: "s",
            kinds: [.init(id: "i", title: "t", needs: "n")],
            open: [.init(link: "/", title: "t", state: "s")], hasOpen: true,
            earlier: [.init(at: "a", by: "b", files: ["f"])],
            hasEarlier: true, isLive: false, accounts: "1", accountsLink: "/", hasAccounts: true,
            withheld: "/")
    }

    static var importing: ImportPage {
        let choice = ImportPage.Choice(value: "v", title: "t", isChosen: true)
        let refusal = ImportPage.Refusal(line: "1", what: "w")
        let name = ImportPage.Name(field: "f", name: "n", rows: "r", choices: [choice], isSettled: true)
        return ImportPage(
            shell: shell, formToken: "f", action: "/", imports: "/", report: "/", problem: "p",
            isColumns: true,
            isRunning: true, isChecked: true, isDone: true, stopped: "s", heading: "h", progress: 1,
            columns: [
                .init(
                    kind: "k", title: "t", name: "n",
                    columns: [.init(field: "f", title: "t", values: ["v"], choices: [choice])],
                    types: [choice], hasTypes: true, typeField: "t")
            ],
            reviews: [
                .init(
                    title: "t", name: "n", sound: "s", unknown: "u", refused: "r", hasRefused: true,
                    examples: [refusal])
            ],
            hasRefused: true, names: [name], hasNames: true, alike: [name],
            alikeCount: "1", hasAlike: true,
            moreNames: "m", words: [.init(field: "f", word: "w", rows: "r", choices: [choice])],
            hasWords: true,
            tallies: [.init(words: "w", examples: [refusal])], isLive: false, accounts: "1",
            accountsLink: "/", withheld: "/")
    }
}
