import TenureCore
import TenureProgramme

/// Texts that name something else in the programme. Each is given back as it is only if the thing exists.
extension Reading {
    func reference(
        _ node: Node, _ key: String, _ code: MistakeCode, _ kindName: String, among candidates: [String],
        _ kind: DefinitionKind?, of noun: String
    ) -> String? {
        guard let scalar = scalar(node, key, withArticle(kindName)) else { return nil }
        if candidates.contains(where: { isSame($0, scalar.text) }) { return scalar.text }
        report(unknown(code, kindName, scalar.text, candidates, kind, scalar.place, noun))
        return nil
    }

    func signal(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownSignal, "signal", among: names.signals, .signal, of: noun)
    }

    func play(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownPlay, "play", among: names.plays, .play, of: noun)
    }

    func role(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownRole, "role", among: names.roles, .role, of: noun)
    }

    func kpi(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownKPI, "KPI", among: names.kpis, .kpi, of: noun)
    }

    func step(_ node: Node, _ key: String, of play: String, in noun: String) -> String? {
        guard let scalar = scalar(node, key, "a step") else { return nil }
        let steps = names.steps[play] ?? []
        if steps.contains(scalar.text) { return scalar.text }
        report(unknown(.unknownStep, "step of this play", scalar.text, steps, nil, scalar.place, noun))
        return nil
    }

    func event(_ node: Node, _ key: String, of noun: String) -> String? {
        reference(node, key, .unknownEvent, "event", among: outline.ids(.event), .event, of: noun)
    }

    func metric(_ node: Node, _ key: String, of noun: String) -> MetricReference? {
        guard let scalar = scalar(node, key, "a metric") else { return nil }
        if let mistake = metricMistake(scalar.text, at: scalar.place, noun) { report(mistake) }
        guard case .found(let reference) = names.metric(scalar.text) else { return nil }
        use(metric: reference.metric)
        return reference
    }

    /// A message of one channel, or of any.
    func message(_ node: Node, _ key: String, channel: MessageTemplate.Channel? = nil, of noun: String)
        -> String?
    {
        let found = reference(
            node, key, .unknownMessage, "message", among: outline.ids(.message), .message, of: noun)
        if let found { use(message: found) }
        guard let id = found, let channel, let definition = outline.find(.message, id) else { return found }
        if let actual = definition.map["channel"]?.scalar, actual.text != channel.rawValue {
            report(.wrongChannel(id, wanted: channel.rawValue, at: node.place, channel: actual.place))
        }
        return id
    }

    /// `role:csm`, `contact:sponsor`, `channel:cs`.
    func recipient(_ node: Node, _ key: String, of noun: String) -> Recipient? {
        guard let scalar = scalar(node, key, "a recipient") else { return nil }
        let parts = scalar.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 2, isID(parts[1]) else {
            report(.malformedRecipient(scalar))
            return nil
        }
        switch parts[0] {
        case "role":
            if names.roles.contains(parts[1]) { return .role(parts[1]) }
            report(unknown(.unknownRole, "role", parts[1], names.roles, .role, scalar.place, noun))
        case "contact": return .contact(parts[1])
        case "channel": return .channel(parts[1])
        case _: report(.malformedRecipient(scalar))
        }
        return nil
    }
}

extension Diagnostic {
    static func malformedRecipient(_ scalar: Scalar) -> Diagnostic {
        Diagnostic(
            .malformedRecipient, "`\(scalar.text)` is no recipient", at: Label(scalar.place, "here"),
            why: "A recipient is `role:<role>`, `contact:<role of a contact>` or `channel:<name>`.")
    }

    static func wrongChannel(_ message: String, wanted: String, at place: Place, channel: Place) -> Diagnostic
    {
        var mistake = Diagnostic(
            .wrongChannel, "the message `\(message)` is not one for \(wanted)",
            at: Label(place, "used as \(wanted) here"),
            why: "Mails go to roles and contacts, chat messages to channels.")
        mistake.labels.append(Label(channel, "its channel"))
        return mistake
    }
}
