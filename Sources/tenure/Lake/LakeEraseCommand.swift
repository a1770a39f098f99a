import ArgumentParser
import Foundation
import TenureCore
import TenureLake

struct LakeEraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Take a person's facts out of a lake, and keep them out.",
        discussion: """
            tenure lake erase --to lake --workspace acme --login ana@customer.example

            Files that hold facts of the person are written anew without them. What the lake notes of the person is the keyed \
            hash that facts have of a login. The log of the data folder keeps its facts.
            """)

    @OptionGroup var options: LakeOptions

    @Option(help: "The person's login, as events named it; give it again for another one.")
    var login: [String]

    func validate() throws {
        if login.isEmpty || login.contains("") { throw ValidationError("--login takes a login.") }
    }

    func run() throws {
        umask(0o077)
        let run = try LakeRun(options.folder, options.lake)
        let results = try options.slugs().map { (slug: $0, parts: try run.erase(login, from: $0)) }
        let documents = results.map { result -> JSON in
            ["workspace": .string(result.slug), "files": .array(result.parts.map { .string($0.file) })]
        }
        let lines = results.map { padding($0.slug, 20) + "\($0.parts.count) files written anew" }
        print(options.json ? JSON.array(documents).text : lines.joined(separator: "\n"))
    }
}
