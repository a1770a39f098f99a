/// Finds aliases that name an anchor before the text is composed: a mapping whose key repeats an alias a few
/// levels deep would take the composer longer than anybody can wait.
///
/// It looks only at places where a node may begin, and may take a line of block text for one; a file is
/// refused only when both `&name` and `*name` stand at such places.
enum AliasScan {
    struct Found { var line: Int, column: Int, length: Int }

    static func firstAlias(in source: SourceText) -> Found? {
        var anchors: Set<String> = []
        var aliases: [(name: String, found: Found)] = []
        for (index, line) in source.lines.enumerated() {
            for column in line.indices where line[column] == "&" || line[column] == "*" {
                guard mayBeginNode(line, column) else { continue }
                let name = line[(column + 1)...].prefix { isNameScalar($0) }
                guard !name.isEmpty else { continue }
                let text = String(String.UnicodeScalarView(name))
                if line[column] == "&" {
                    anchors.insert(text)
                } else {
                    aliases.append((text, Found(line: index + 1, column: column + 1, length: name.count + 1)))
                }
            }
        }
        return aliases.first { anchors.contains($0.name) }?.found
    }

    private static func mayBeginNode(_ line: [Unicode.Scalar], _ column: Int) -> Bool {
        guard column > 0 else { return true }
        switch line[column - 1] {
        case " ", "\t", "[", "{", ",", ":", "]", "}", "\"", "'": return true
        case _: return false
        }
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        case _: false
        }
    }
}
