import TenureCore

extension Reading {
    func calendar(_ definition: Definition) -> BusinessCalendar {
        let fields = Fields(definition.map, .calendar, self)
        _ = fields.requirements(.calendar, definition.id)
        var zone: String?
        if let node = fields.node("time_zone"), node.scalar?.text != "account" {
            zone = self.zone(node, "time_zone")
        }
        let holidays = fields.items("holidays").compactMap { date($0, "holidays") }
        return BusinessCalendar(
            id: definition.id, zone: zone, week: week(fields.map("hours")),
            holidays: Set(holidays))
    }

    private func week(_ map: MapNode?) -> [[BusinessCalendar.Hours]] {
        guard let map else { return Array(repeating: [], count: 7) }
        let fields = Fields(map, .week, self)
        if map.entries.isEmpty { report(.neverOpen(at: map.place)) }
        return Form.week.keys.map { day in fields.node(day).map { hours($0, day) } ?? [] }
    }

    /// `09:00-12:00 13:00-17:00`
    private func hours(_ node: Node, _ day: String) -> [BusinessCalendar.Hours] {
        let wanted = "hours, such as `\"09:00-12:00 13:00-17:00\"`"
        guard let scalar = scalar(node, day, wanted) else { return [] }
        let words = scalar.text.split(separator: " ")
        let stretches = words.compactMap { stretch($0) }
        guard stretches.count == words.count, !words.isEmpty else {
            report(.malformedHours(day, scalar, wanted: wanted))
            return []
        }
        let edges = stretches.flatMap { [$0.opens, $0.closes] }
        let isOrdered = zip(edges, edges.dropFirst()).allSatisfy { $0 <= $1 }
        if !isOrdered || stretches.contains(where: { $0.opens == $0.closes }) {
            report(.hoursOverlap(scalar))
        }
        return stretches
    }

    private func stretch(_ word: Substring) -> BusinessCalendar.Hours? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let opens = minutes(ends[0]), let closes = minutes(ends[1]) else { return nil }
        return BusinessCalendar.Hours(opens: opens, closes: closes)
    }

    /// `09:30` as minutes since midnight, `24:00` included; nil for anything else.
    func minutes(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == 0x3A else { return nil }
        let digits = [bytes[0], bytes[1], bytes[3], bytes[4]]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let values = digits.map { Int($0) - 0x30 }
        let (hour, minute) = (values[0] * 10 + values[1], values[2] * 10 + values[3])
        guard minute < 60, hour * 60 + minute <= 1440 else { return nil }
        return hour * 60 + minute
    }
}
