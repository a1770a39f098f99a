import TenureProgramme

/// A message's text as a file of the folder.
struct MessageBody {
    var path: String
    var text: String
}

extension Reading {
    func message(_ definition: Definition, bodies: [String: MessageBody]) -> MessageTemplate? {
        let fields = Fields(definition.map, .message, self)
        let title = fields.text("title") ?? definition.id
        let channel = fields.choice("channel", MessageTemplate.Channel.self)
        let audience = fields.choice("audience", MessageTemplate.Audience.self)
        let subject = fields.node("subject").flatMap { self.subject($0) }
        if channel == .mail, !fields.has("subject") { report(.missingSubject(at: definition.map.place)) }
        let requirements = fields.requirements(.message, definition.id)
        guard let body = bodies[definition.id] else {
            let near = misnamedBodies[definition.id]
            report(.missingBody(definition.id, at: definition.idPlace, near: near?.path))
            if let near { report(TagScanner.mistakes(in: near.text, file: near.path)) }
            return nil
        }
        report(TagScanner.mistakes(in: body.text, file: body.path))
        guard let channel, let audience else { return nil }
        var message = MessageTemplate(
            id: definition.id, channel: channel, subject: subject ?? "", body: body.text, audience: audience)
        (message.title, message.requirements) = (title, requirements)
        return message
    }

    private func subject(_ node: Node) -> String? {
        guard let scalar = scalar(node, "subject", "a text") else { return nil }
        for mistake in TagScanner.mistakes(in: scalar.text, file: scalar.place.file) {
            var mistake = mistake
            mistake.labels = mistake.labels.map { Diagnostic.Label(scalar.place, $0.text) }
            report(mistake)
        }
        return scalar.text
    }
}
