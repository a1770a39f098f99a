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

    /// A part of a page, as it stands there.
    static func part(_ name: String, _ model: some Any) throws -> String {
        guard let html = library.render(DrawnModel(model), withTemplate: name) else {
            throw Problem(.unavailable, "This page cannot be shown.")
        }
        return html
    }

    /// A page from its model; every tag of the template is a property of the model, which a test proves.
    static func page(_ name: String, _ model: some Any, status: HTTPResponse.Status = .ok) throws -> Answer {
        .html(try part(name, model), status: status)
    }
}

/// A model as templates read it. The library looks through all properties of a value for each tag that names one; here
/// each is looked at once.
struct DrawnModel: MustacheParent {
    /// Those that have a value.
    private let properties: [String: Any]

    init(_ model: Any) { self.init(Mirror(reflecting: model)) }

    private init(_ mirror: Mirror) {
        var properties: [String: Any] = [:]
        for child in mirror.children {
            if let name = child.label { properties[name] = Self.value(child.value) }
        }
        self.properties = properties
    }

    func child(named name: String) -> Any? { properties[name] }

    /// nil: there is none. What has no properties stays as it is.
    private static func value(_ value: Any) -> Any? {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        case _: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional?: return mirror.children.first.flatMap { self.value($0.value) }
        case .collection?: return mirror.children.map { self.value($0.value) ?? $0.value }
        case .struct?: return DrawnModel(mirror)
        case _: return value
        }
    }
}
