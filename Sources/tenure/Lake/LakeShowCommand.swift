import ArgumentParser
import TenureCore
import TenureLake

struct LakeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Say what a lake holds, and how many bytes a fact takes.")

    @Option(help: "Folder of the lake.")
    var lake = "tenure-data/lake"

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let folder = LakeFolder(lake)
        let sizes = try folder.slugs().map { (slug: $0, size: try LakeSize(folder, $0)) }
        guard !sizes.isEmpty else {
            throw Failure(
                code: "no-lake", what: "\(lake) holds no workspace.",
                remedy: "Give the lake's folder with --lake, or make one: tenure lake seal --to \(lake)")
        }
        let documents = sizes.map { JSON.object(JSONObject([.init("workspace", .string($0.slug))] + $0.size.members)) }
        let lines = sizes.map { padding($0.slug, 20) + $0.size.text }
        print(json ? JSON.array(documents).text : lines.joined(separator: "\n"))
        try requireWhole(sizes.flatMap(\.size.damaged))
    }

    private func requireWhole(_ damaged: [String]) throws {
        guard let path = damaged.first else { return }
        throw Failure(
            code: "lake-damaged", what: "\(damaged.count) files are not whole, such as \(path).",
            remedy: "Make the lake anew in another folder: tenure lake seal --to FOLDER")
    }
}
