import TenureCore
import TenureProgramme

extension Reading {
    func play(_ definition: Definition) -> Play? {
        let fields = Fields(definition.map, .play, self)
        let title = fields.text("title")
        let owner = fields.node("owner").flatMap { role($0, "owner", of: "play") }
        var play = Play(id: definition.id, title: title ?? "", owner: owner ?? "")
        play.version = fields.whole("version") ?? 1
        play.startsOn = fields.items("starts_on").compactMap { signal($0, "starts_on", of: "play") }
        play.when = fields.condition("when", Vocabularies(names: names).account(.everything))
        play.calendar = fields.node("calendar").flatMap { calendar($0, of: "play") }
        if !fields.has("calendar") { checkCalendar(fields.node("reentry"), "play") }
        play.reentry = fields.node("reentry").flatMap { reentry($0) } ?? .afterExit
        let context = PlayContext(
            id: definition.id, hasCalendar: fields.has("calendar"), hasSignals: fields.has("starts_on"),
            vocabulary: Vocabularies(names: names).account(.step(play: definition.id)))
        play.exits = fields.maps("exits").compactMap { exit($0, context) }
        play.steps = unique(fields.maps("steps"), .step, definition.id + "/") {
            step($0, $1, play: context)
        }
        checkStepCycles(play)
        checkEnd(play, at: definition.idPlace)
        play.requirements = fields.requirements(.play, definition.id)
        return title == nil || owner == nil ? nil : play
    }

    private func reentry(_ node: Node) -> Play.Reentry? {
        let wanted = "`never`, `after_exit` or a duration"
        guard let scalar = scalar(node, "reentry", wanted) else { return nil }
        switch scalar.text {
        case "never": return .never
        case "after_exit": return .afterExit
        case _ where Span(text: scalar.text) != nil:
            return span(node, "reentry", in: 1...100_000).map { .after($0) }
        case _:
            report(.wrongKind("reentry", wanted: wanted, got: node))
            return nil
        }
    }

    private func exit(_ map: MapNode, _ play: PlayContext) -> PlayExit? {
        let fields = Fields(map, .exit, self)
        let when = fields.condition("when", play.vocabulary)
        let outcome = fields.node("outcome").flatMap { id($0, "outcome") }
        guard let when, let outcome else { return nil }
        return PlayExit(when: when, outcome: outcome)
    }
}
