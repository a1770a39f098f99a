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

    /// Whoever counts by the calendar uses it.
    func calendar(_ node: Node, of noun: String) -> String? {
        let id = reference(
            node, "calendar", .unknownCalendar, "calendar", among: outline.ids(.calendar), .calendar, of: noun)
        if let id { usedCalendars.insert(id) }
        return id
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
        let stretches = words.compactMap { BusinessCalendar.Hours(text: $0) }
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
}
