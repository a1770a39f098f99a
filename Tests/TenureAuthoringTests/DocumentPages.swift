import Foundation

@testable import TenureAuthoring

/// A page of docs/authoring, by its lines.
struct DocumentPage {
    struct Block {
        var language: String
        /// The page's line on which the block's first line stands.
        var line: Int
        var text: String
    }

    var name: String
    var text: String

    /// All pages but the catalogue of mistakes, whose examples are wrong on purpose.
    static func all() throws -> [DocumentPage] {
        let folder = repository.appending(path: "docs/authoring")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
        return try names.sorted().filter { $0 != "mistakes.md" }.map {
            DocumentPage(name: $0, text: try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }

    func save() throws {
        try text.write(to: repository.appending(path: "docs/authoring/" + name), atomically: true, encoding: .utf8)
    }

    /// The fenced blocks in their order.
    var blocks: [Block] {
        var blocks: [Block] = []
        var open: Block?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                if let block = open { blocks.append(block) }
                open = open == nil ? Block(language: String(line.dropFirst(3)), line: number + 2, text: "") : nil
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks
    }

    /// The page with every part between `<!-- smallest: … -->` or `<!-- fields: … -->` and `<!-- end -->` made anew.
    func regenerated() -> (page: DocumentPage, parts: [String]) {
        var out: [String] = []
        var parts: [String] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line == "<!-- end -->" { isInside = false }
            if !isInside { out.append(line) }
            if let part = Self.part(line), let made = Self.made(part) {
                parts.append(part)
                out.append(made)
                isInside = true
            }
        }
        return (DocumentPage(name: name, text: out.joined(separator: "\n")), parts)
    }

    private static func part(_ line: String) -> String? {
        line.hasPrefix("<!-- ") && line.hasSuffix(" -->") ? String(line.dropFirst(5).dropLast(4)) : nil
    }

    private static func made(_ part: String) -> String? {
        let words = part.split(separator: " ").map(String.init)
        guard words.count == 2, let section = Section.allCases.first(where: { $0.form?.name == words[1] }),
            let form = section.form
        else { return nil }
        switch words[0] {
        case "smallest:": return Example.yaml(of: form.name).map { "```yaml\n" + inSection($0, section) + "```" }
        case "fields:": return FieldTable.markdown(of: form).trimmingCharacters(in: .newlines)
        case _: return nil
        }
    }

    private static func inSection(_ yaml: String, _ section: Section) -> String {
        let lines = yaml.split(separator: "\n").map(String.init)
        let isList = section.kind != nil
        let indented = lines.enumerated().map { number, line in (isList ? (number == 0 ? "  - " : "    ") : "  ") + line }
        return "\(section.rawValue):\n" + indented.map { $0 + "\n" }.joined()
    }
}
