import ArgumentParser
import Foundation
import TenureAuthoring

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of a kind of definition, for editors and checks.",
        discussion: "Kinds: \(DefinitionSchema.all.map(\.name).joined(separator: " ")).")

    @Argument(help: "A kind of definition, such as signal; file is a whole file of a programme.")
    var kind = "file"

    @Option(help: "Write all schemas into this folder instead.")
    var write: String?

    func run() throws {
        if let write { return try writeAll(to: write) }
        guard let schema = DefinitionSchema.named(kind) else {
            throw Failure(
                code: "no-such-kind", what: "There is no kind of definition \(kind).",
                remedy: "Kinds are: \(DefinitionSchema.all.map(\.name).joined(separator: ", ")).")
        }
        print(schema.text, terminator: "")
    }

    private func writeAll(to path: String) throws {
        for schema in DefinitionSchema.all {
            try NewFiles.write(schema.text, to: URL(filePath: path).appending(path: schema.fileName))
        }
        print("\(DefinitionSchema.all.count) schemas written to \(path)")
    }
}
