import HTTPTypes
import Mustache

/// The templates inside the binary, parsed once. They are ours alone: no programme's template comes here.
enum Templates {
    static let names: [String] = EmbeddedFiles.all.compactMap { name(of: $0.path) }

    static func text(_ name: String) -> String? {
        EmbeddedFiles.all.first { Self.name(of: $0.path)?.utf8.elementsEqual(name.utf8) == true }?.text
    }

    private static let library: MustacheLibrary = {
        var templates: [String: MustacheTemplate] = [:]
        for name in names {
            if let text = text(name), let template = try? MustacheTemplate(string: text) {
                templates[name] = template
            }
        }
        return MustacheLibrary(templates: templates)
    }()

    private static func name(of path: String) -> String? {
        path.hasSuffix(".mustache") ? String(path.dropLast(".mustache".count)) : nil
    }

    /// A page from its model; every tag of the template is a property of the model, which a test proves.
    static func page(_ name: String, _ model: some Any, status: HTTPResponse.Status = .ok) throws -> Answer {
        guard let html = library.render(model, withTemplate: name) else {
            throw Problem(.unavailable, "This page cannot be shown.")
        }
        return .html(html, status: status)
    }
}
