import TenureProgramme

/// What tests expect of KPIs.
extension Reading {
    func kpi(_ node: Node, _ fields: Fields, _ day: Int) -> Expectation? {
        let id = kpi(node, "kpi", of: "test")
        let value = numberOrNull(fields, "value")
        let tolerance = fields.number("within") ?? 0.001
        let judgement = judgement(fields, of: id)
        guard let id, let value else { return nil }
        return .kpi(day: day, id: id, value: value.value, tolerance: tolerance, judgement)
    }

    func judged(_ node: Node, _ fields: Fields) -> Expectation? {
        let id = kpi(node, "judged", of: "test")
        let (value, earlier) = (fields.number("value"), fields.number("was"))
        let judgement = judgement(fields, of: id)
        guard let id, let value else { return nil }
        return .judged(id: id, value: value, was: earlier, judgement)
    }

    private func judgement(_ fields: Fields, of kpi: String?) -> KPIJudgement {
        let band = fields.node("band").flatMap { node in
            kpi.flatMap { reference(node, "band", .unknownBand, "band of the KPI", among: names.kpiBands[$0] ?? [], nil, of: "test") }
        }
        return KPIJudgement(
            band: band, isOnTarget: fields.node("on_target").flatMap { flag($0, "on_target") },
            trend: fields.choice("trend", KPITrend.self))
    }
}
