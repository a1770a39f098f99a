import TenureCore

/// The files of a programme as the caller read them: paths relative to the folder, with `/` between parts.
package struct ProgrammeFolder: Sendable {
    /// In byte order of their paths.
    package let files: [(path: String, text: String)]
    /// By path, why a file is no text; its text above is a makeshift.
    let unreadable: [String: Diagnostic]

    package init(files: [(path: String, text: String)]) { self.init(files, unreadable: [:]) }

    private init(_ files: [(path: String, text: String)], unreadable: [String: Diagnostic]) {
        self.files = files.sorted { precedes($0.path, $1.path) }
        self.unreadable = unreadable
    }

    /// Files as bytes: what is too large or no UTF-8 becomes a mistake when the programme is read.
    package static func decoding(_ files: [(path: String, bytes: [UInt8])]) -> ProgrammeFolder {
        var unreadable: [String: Diagnostic] = [:]
        let texts = files.map { file -> (path: String, text: String) in
            guard file.bytes.count <= bytesMax else {
                unreadable[file.path] = .fileTooLarge(file: file.path, bytes: file.bytes.count)
                return (file.path, "")
            }
            let text = String(decoding: file.bytes, as: UTF8.self)
            if let offset = TextDamage.offset(in: file.bytes) {
                let before = SourceText(String(decoding: file.bytes[..<offset], as: UTF8.self))
                let column = (before.lines.last?.count ?? 0) + 1
                let place = Place(file: file.path, line: before.lines.count, column: column, length: 1)
                unreadable[file.path] = .notUTF8(file.bytes[offset], at: place)
            }
            return (file.path, text)
        }
        return ProgrammeFolder(texts, unreadable: unreadable)
    }

    /// The most bytes that a file of a programme may have.
    package static let bytesMax = SafeYAML.bytesMax

    /// Whether a file of that name is part of a programme; others in the folder are nobody's business.
    package static func holds(_ path: String) -> Bool {
        [".yaml", ".yml", ".mustache"].contains { path.hasSuffix($0) }
    }

    var definitions: [(path: String, text: String)] {
        files.filter { $0.path.hasSuffix(".yaml") || $0.path.hasSuffix(".yml") }
    }

    /// Message bodies: `messages/<id>.mustache`, at any depth.
    var bodies: [(id: String, path: String, text: String)] {
        files.compactMap { file in
            guard isBody(file.path), let name = file.path.split(separator: "/").last else { return nil }
            return (String(name.dropLast(".mustache".count)), file.path, file.text)
        }
    }

    /// Files that look like bodies and are in no folder `messages`.
    var strayBodies: [String] {
        files.map(\.path).filter { $0.hasSuffix(".mustache") && !isBody($0) }
    }

    private func isBody(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count >= 2 && parts[parts.count - 2] == "messages" && path.hasSuffix(".mustache")
    }

    /// The same files below another folder.
    package func below(_ folder: String) -> ProgrammeFolder {
        ProgrammeFolder(
            files.map { (folder + "/" + $0.path, $0.text) },
            unreadable: Dictionary(
                unreadable.map { (folder + "/" + $0.key, $0.value.below(folder)) },
                uniquingKeysWith: { first, _ in first })
        )
    }

    /// Every file with its path and length, so that two folders have one text only if they are equal.
    var canonicalText: String {
        files.map { "=== \($0.path) \($0.text.utf8.count)\n\($0.text)\n" }.joined()
    }
}

extension Diagnostic {
    /// The same mistake in files below another folder.
    fileprivate func below(_ folder: String) -> Diagnostic {
        var moved = self
        for index in labels.indices { moved.labels[index].place.file = folder + "/" + labels[index].place.file }
        return moved
    }
}

/// Where bytes stop being UTF-8.
enum TextDamage {
    /// The offset of the first byte that belongs to no character; nil when all do.
    static func offset(in bytes: [UInt8]) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error: return min(offset, bytes.count - 1)
            case .emptyInput: return nil
            }
        }
    }
}
