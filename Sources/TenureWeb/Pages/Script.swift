import HTTPTypes

/// The one script, from the binary: keys for people who type. Every page works without it.
enum Script {
    static let routes: [Route] = [
        Route(.get, Links.script, for: .person) { _ in
            Answer.text(text, type: "text/javascript; charset=utf-8").adding(.cacheControl, "public, max-age=3600")
        }
    ]

    private static let text = EmbeddedFiles.all.first { $0.path == "site.js" }?.text ?? ""
}
