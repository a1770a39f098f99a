import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

extension AccountPage.ClockCard {
    init(_ story: ClockStory, _ zone: ZoneRules) {
        badge = BandBadge(story.standing)
        title = "\(story.title): \(story.kind) \(story.state.id.key)"
        promise = story.promise(zone)
        lines = story.lines.map { AccountPage.ClockLine(at: Wording.instant($0.at, zone), text: $0.text, code: $0.code) }
    }
}

extension ClockStory {
    fileprivate func promise(_ zone: ZoneRules) -> String {
        guard let target = state.target, let due = state.due else { return "" }
        let when = Wording.instant(due, zone)
        return "within \(target.within.text), " + (standing == .waiting ? "due \(when) without the wait" : "due \(when)")
    }

    var document: JSON {
        [
            "sla": .string(state.id.sla), "clock": .string(state.id.clock), "title": .string(title), "kind": .string(kind),
            "key": .string(state.id.key), "state": .string(standing.rawValue), "within": JSON(state.target?.within.text),
            "because": JSON(condition), "started": .string(state.started.text), "due": JSON(state.due?.text),
            "waiting_since": JSON(state.pausedSince?.text), "missed_at": JSON(state.breachedAt?.text),
            "overdue_since": JSON(overdueSince?.text), "ended": JSON(state.ended?.text),
            "history": .array(lines.map { ["at": .string($0.at.text), "text": .string($0.text), "code": JSON($0.code)] }),
        ]
    }
}

extension BandBadge {
    init(_ standing: ClockStanding) {
        switch standing {
        case .running: self.init("Running", .good)
        case .waiting: self.init("Waiting", .fair)
        case .late: self.init("Late", .critical)
        case .met: self.init("In time", .good)
        case .missed: self.init("Too late", .warning)
        case .undefined: self.init("No target defined", nil)
        }
    }
}
