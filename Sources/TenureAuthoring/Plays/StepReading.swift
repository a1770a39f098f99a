import CEL
import TenureCore
import TenureProgramme

/// What a step must know of its play.
struct PlayContext {
    var id: String
    /// Whether one is named, rightly or not.
    var hasCalendar: Bool
    /// Whether signals start it.
    var hasSignals: Bool
    var vocabulary: Vocabulary
}

extension Reading {
    func step(_ map: MapNode, _ id: String, play: PlayContext) -> Step? {
        let fields = Fields(map, .step, self)
        let title = fields.text("title")
        var step = Step(id: id, title: title ?? "")
        step.owner = fields.node("owner").flatMap { role($0, "owner", of: "step") }
        step.after = fields.items("after").compactMap { self.step($0, "after", of: play.id, in: "step") }
        step.when = fields.condition("when", play.vocabulary)
        if let window = fields.map("window") { step.window = stepWindow(window, id, play: play) }
        step.tasks = fields.texts("tasks")
        let hasDue = fields.node("window")?.map?["due"] != nil
        step.actions = fields.maps("do").compactMap { stepAction($0, hasDue: hasDue, play: play) }
        step.doneWhen = fields.condition("done_when", play.vocabulary)
        step.signOff = fields.node("sign_off").flatMap { role($0, "sign_off", of: "step") }
        step.overdue = fields.maps("overdue").compactMap { escalation($0, play: play) }
        if !hasDue, let overdue = fields.node("overdue") { report(.overdueWithoutDue(at: overdue.place)) }
        repeating(fields, &step, play: play)
        step.isRequired = fields.flag("required", default: true)
        step.requirements = fields.requirements(.step, "\(play.id)/\(id)")
        return title == nil ? nil : step
    }

    private func stepWindow(_ map: MapNode, _ step: String, play: PlayContext) -> StepWindow {
        let fields = Fields(map, .window, self)
        let anchor = fields.node("from").flatMap { stepAnchor($0, step, play: play) } ?? .start
        let isBackwards = map["from"]?.scalar?.text.hasPrefix("account:") ?? false
        let counts = isBackwards ? nil : ValueForm.spanMax
        let opens = fields.span("opens", in: counts)
        let due = fields.span("due", in: counts)
        for key in ["opens", "due"] { checkCalendar(fields.node(key), play) }
        if let opens, let due, let place = fields.node("due")?.place, isBefore(due, opens) {
            report(.dueBeforeOpen(at: place, opens: fields.node("opens")?.place))
        }
        return StepWindow(anchor: anchor, opensAfter: opens, dueAfter: due)
    }

    /// Only spans that can be compared without a calendar are.
    private func isBefore(_ left: Span, _ right: Span) -> Bool {
        if left.unit == right.unit { return left.count < right.count }
        guard let first = left.fixedMilliseconds, let second = right.fixedMilliseconds else { return false }
        return first < second
    }

    /// `start`, `ready`, `step:<id>` or `account:<date field>`
    private func stepAnchor(_ node: Node, _ step: String, play: PlayContext) -> StepWindow.Anchor? {
        guard let scalar = scalar(node, "from", "an anchor") else { return nil }
        let parts = scalar.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        switch (parts[0], parts.count) {
        case ("start", 1): return .start
        case ("ready", 1): return .ready
        case ("step", 2): return otherStep(parts[1], scalar, step, play: play).map { .step($0) }
        case ("account", 2):
            if names.dateFields.contains(parts[1]) { return .account(parts[1]) }
            report(
                unknown(
                    .unknownAccountField, "date", parts[1], names.dateFields, .accountField, scalar.place,
                    "step"))
        case (_, _): report(.malformedAnchor(scalar))
        }
        return nil
    }

    private func otherStep(_ id: String, _ scalar: Scalar, _ step: String, play: PlayContext) -> String? {
        let steps = names.steps[play.id] ?? []
        guard steps.contains(id) else {
            report(unknown(.unknownStep, "step of this play", id, steps, nil, scalar.place, "step"))
            return nil
        }
        guard id != step else {
            report(.anchoredToItself(at: scalar.place))
            return nil
        }
        return id
    }

    /// `{mail: template, to: […]}` or `{chat: template, to: channel:cs}`
    private func stepAction(_ map: MapNode, hasDue: Bool, play: PlayContext) -> StepAction? {
        let fields = Fields(map, .action, self)
        guard let said = fields.only(of: ["mail", "chat"]) else { return nil }
        let isMail = said == "mail"
        let template = fields.node(said).flatMap {
            message($0, said, channel: isMail ? .mail : .chat, of: "step")
        }
        let to = fields.node("to").map { recipients($0, isMail: isMail) } ?? []
        if isMail, let node = fields.node("to") { checkAudience(template, to, at: node) }
        if let template, let place = fields.node(said)?.place {
            sendings.append(
                Sending(message: template, place: place, hasSignal: play.hasSignals, hasDue: hasDue))
        }
        guard let template, let first = to.first else { return nil }
        return isMail ? .mail(template: template, to: to) : .chat(template: template, to: first)
    }

    /// One recipient or, for a mail, several.
    private func recipients(_ node: Node, isMail: Bool) -> [Recipient] {
        let nodes = isMail && node.list != nil ? items(node, "to") : [node]
        if nodes.isEmpty { report(.emptyList("to", of: "action", at: node.place)) }
        return nodes.compactMap { node in
            guard let recipient = recipient(node, "to", of: "step") else { return nil }
            if recipient.isChannel == isMail { report(.wrongRecipient(at: node.place, isMail: isMail)) }
            return recipient
        }
    }

    private func escalation(_ map: MapNode, play: PlayContext) -> Escalation? {
        let fields = Fields(map, .escalation, self)
        let after = fields.span("after")
        checkCalendar(map["after"], play)
        let to = fields.node("to").flatMap { recipient($0, "to", of: "step") }
        let template = fields.node("message").flatMap {
            message($0, "message", channel: to.map { $0.isChannel ? .chat : .mail }, of: "step")
        }
        if let to, let node = fields.node("to") { checkAudience(template, [to], at: node) }
        if let template, let place = fields.node("message")?.place {
            sendings.append(
                Sending(message: template, place: place, hasSignal: play.hasSignals, hasDue: true))
        }
        guard let after, let to, let template else { return nil }
        return Escalation(after: after, template: template, to: to)
    }

    private func repeating(_ fields: Fields, _ step: inout Step, play: PlayContext) {
        guard let map = fields.map("repeat") else { return }
        let rhythm = Fields(map, .rhythm, self)
        step.repeatEvery = rhythm.span("every")
        step.repeatCount = rhythm.whole("count")
        checkCalendar(map["every"], play)
    }

    private func checkCalendar(_ node: Node?, _ play: PlayContext) {
        if !play.hasCalendar { checkCalendar(node, "play") }
    }

    /// Business time where nothing says what it is.
    func checkCalendar(_ node: Node?, _ noun: String) {
        guard let scalar = node?.scalar, let span = Span(text: scalar.text) else { return }
        switch span.unit {
        case .businessDays, .businessHours: report(.businessSpanWithoutCalendar(scalar, of: noun))
        case .minutes, .hours, .days, .weeks, .months: break
        }
    }

    /// What was written for the team is not for the customer's eyes, and cannot be unsubscribed from.
    private func checkAudience(_ message: String?, _ to: [Recipient], at node: Node) {
        guard let message, let definition = outline.find(.message, message),
            let audience = definition.map["audience"]?.scalar,
            audience.text == MessageTemplate.Audience.team.rawValue
        else { return }
        for case .contact(let role) in to {
            let place =
                (node.list?.items ?? [node]).first { $0.scalar?.text == "contact:\(role)" }?.place
                ?? node.place
            report(.wrongAudience(message, at: place, audience: audience.place))
        }
    }
}

extension Recipient {
    fileprivate var isChannel: Bool {
        switch self {
        case .channel: true
        case .role, .contact: false
        }
    }
}
