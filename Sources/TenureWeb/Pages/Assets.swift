import HTTPTypes

/// The one stylesheet, from the binary.
enum Stylesheet {
    static let routes: [Route] = [
        Route(.get, Links.stylesheet, for: .person) { _ in
            Answer.text(text, type: "text/css; charset=utf-8").adding(.cacheControl, "public, max-age=3600")
        }
    ]

    private static let text = EmbeddedFiles.all.first { $0.path == "site.css" }?.text ?? ""
}
