/// HTML where plain text is due.
enum Markup {
    private static let elements: Set<String> = [
        "a", "b", "i", "u", "p", "em", "br", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "li", "td", "th", "tr",
        "div", "img", "pre", "svg", "body", "code", "font", "form", "head", "html", "link", "meta", "span",
        "input",
        "style", "table", "tbody", "thead", "button", "center", "iframe", "script", "strong", "video",
        "object",
        "embed", "section",
    ]

    /// The element whose tag begins there; nil for any other `<`.
    static func name(at scalars: ArraySlice<Unicode.Scalar>) -> String? {
        var rest = scalars.dropFirst()
        if rest.first == "/" { rest = rest.dropFirst() }
        let letters = rest.prefix(8).prefix { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        let name = String(String.UnicodeScalarView(letters))
        guard elements.contains(name.lowercased()) else { return nil }
        switch rest.dropFirst(letters.count).first {
        case ">", "/", " ", "\n", "\t": return (scalars.dropFirst().first == "/" ? "/" : "") + name
        case _: return nil
        }
    }
}
