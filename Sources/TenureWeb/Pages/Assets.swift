import HTTPTypes

/// The one stylesheet and the picture on a browser's tab, from the binary.
enum Assets {
    static let routes: [Route] = [
        file(Links.stylesheet, "site.css", type: "text/css; charset=utf-8"),
        file(Links.icon, "icon.svg", type: "image/svg+xml"),
    ]

    private static func file(_ path: String, _ name: String, type: String) -> Route {
        let text = EmbeddedFiles.all.first { $0.path == name }?.text ?? ""
        return Route(.get, path, for: .person) { _ in
            Answer.text(text, type: type).adding(.cacheControl, "public, max-age=3600")
        }
    }
}
