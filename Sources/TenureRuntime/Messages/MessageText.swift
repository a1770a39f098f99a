package import TenureCore
package import TenureProgramme
import Mustache
import Synchronization

/// Subject and body of a message as plain text.
package struct MessageText: Hashable, Sendable {
    package var subject: String
    package var body: String

    /// Output beyond this is cut: no template may fill a disk.
    package static let bytesMax = 256 * 1024

    /// Renders a template that the reader has checked (known tags, bounded nesting, no partials); nil when it cannot be
    /// parsed after all, or would come to more than a mebibyte.
    package static func render(_ template: MessageTemplate, _ values: JSONObject) -> MessageText? {
        guard isWithinBounds(template, values) else { return nil }
        let tree = tree(values)
        guard let subject = render(template.subject, tree), let body = render(template.body, tree) else { return nil }
        return MessageText(subject: oneLine(subject), body: body)
    }

    package static func rendered(_ draft: MessageDraft) throws(MessageRefusal) -> MessageText {
        guard isWithinBounds(draft.template, draft.values) else {
            throw MessageRefusal("the message would be longer than \(MessageSize.bytesMax >> 20) MiB")
        }
        guard let text = render(draft.template, draft.values) else {
            throw MessageRefusal("the template could not be rendered")
        }
        return text
    }

    /// Whether rendering stays within bounds of time and memory, whatever the values.
    package static func isWithinBounds(_ template: MessageTemplate, _ values: JSONObject) -> Bool {
        [template.subject, template.body].allSatisfy { MessageSize.isWithinBounds($0, values) }
    }

    private static func render(_ text: String, _ tree: [String: Any]) -> String? {
        guard text.last == "{" || endsInBlankLine(text) else { return parsed(text).map { cut($0.render(tree)) } }
        // Mustache looks for a second brace behind the last one, and forgets blanks that nothing follows; a line's end
        // keeps it from both.
        return parsed(text + "\n").map { cut(String($0.render(tree).dropLast())) }
    }

    private static func endsInBlankLine(_ text: String) -> Bool {
        let line = text.reversed().prefix { !$0.isNewline }
        return !line.isEmpty && line.allSatisfy { $0 == " " || $0 == "\t" }
    }

    /// As many whole characters as fit.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > bytesMax else { return text }
        var bytes = 0
        let fitting = text.prefix { character in
            bytes += character.utf8.count
            return bytes <= bytesMax
        }
        return String(fitting)
    }

    /// A programme has a few dozen templates, each rendered many times.
    private static let known = Mutex<[String: MustacheTemplate]>([:])
    private static let knownMax = 2000

    private static func parsed(_ text: String) -> MustacheTemplate? {
        if let template = known.withLock({ $0[text] }) { return template }
        // Plain text: HTML escaping is the business of whoever makes HTML of it.
        // It stands on a line of its own, which is left out: the text's first line is then like any other.
        guard let template = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text) else { return nil }
        known.withLock { known in
            if known.count >= knownMax { known = [:] }
            known[text] = template
        }
        return template
    }

    /// `account.name` becomes a name inside `account`, as Mustache looks it up.
    private static func tree(_ values: JSONObject) -> [String: Any] {
        var tree: [String: Any] = [:]
        for member in values.members {
            let parts = member.name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                tree[member.name] = shown(member.value)
                continue
            }
            var branch = tree[parts[0]] as? [String: Any] ?? [:]
            branch[parts[1]] = shown(member.value)
            tree[parts[0]] = branch
        }
        return tree
    }

    private static func shown(_ value: JSON) -> Any {
        switch value {
        case .null, .object: ""
        case .bool(let flag): flag ? "yes" : "no"
        case .int(let number): String(number)
        case .double(let number): shown(number)
        case .string(let text): text
        case .array(let values): values.map { shown($0) }
        }
    }

    private static func shown(_ number: Double) -> String {
        Int64(exactly: number).map { String($0) } ?? "\(number)"
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

/// Plain text as the body itself: what tests and the simulator read.
package struct PlainTextComposer: MessageComposer {
    package init() {}

    package func compose(_ draft: MessageDraft) throws(MessageRefusal) -> ComposedMessage {
        let text = try MessageText.rendered(draft)
        return ComposedMessage(subject: text.subject, body: Array(text.body.utf8))
    }
}
