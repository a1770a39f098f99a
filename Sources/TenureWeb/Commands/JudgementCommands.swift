import TenureCore
import TenureEngine
import TenureProgramme

/// What people know and telemetry does not.
extension Command {
    static let grade = Command { fields, context in
        let programme = context.programme.programme
        let metric = fields.text("metric")
        let group = fields.choice("group", of: programme.health.groups.map(\.id))
        let component = fields.choice("component", of: context.programme.componentIDs)
        let step = fields.text("grade")
        let points = fields.number("points", in: 0...100)
        let days = fields.whole("expires_days", in: 1...3_660)
        let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax, required: true)
        if [metric, group, component].compactMap({ $0 }).count != 1, fields.errors.isEmpty {
            fields.refuse("metric", "name one of metric, group and component")
        }
        if (step == nil) == (points == nil), fields.errors.isEmpty {
            fields.refuse("points", "give either a grade or points")
        }
        checkScale(&fields, programme, metric: metric, step: step)
        return Outcome(
            FactType.gradeGiven,
            data(
                [
                    ("metric", metric), ("group", group), ("component", component), ("grade", step),
                    ("reason", reason),
                    ("author", context.author),
                ], [("points", points.map { .double($0) }), ("expires_days", days.map { .int($0) })]))
    }

    /// Grades belong to metrics that declare a scale.
    private static func checkScale(
        _ fields: inout CommandFields, _ programme: Programme, metric: String?, step: String?
    ) {
        guard let metric else {
            if step != nil { fields.refuse("grade", "groups and components take points, not grades") }
            return
        }
        guard case .grade(let scale) = programme.metrics.first(where: { $0.id == metric })?.measure else {
            return fields.refuse("metric", "\(metric) is no judged metric of this programme")
        }
        if let step, !scale.contains(where: { $0.id == step }) {
            fields.refuse("grade", "grade must be one of " + scale.map(\.id).joined(separator: ", "))
        }
    }

    static let pulse = Command { fields, context in
        let points = fields.number("points", in: 0...100, required: true)
        let step = fields.text("grade")
        let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax, required: true)
        let days = fields.whole("expires_days", in: 1...3_660)
        return Outcome(
            FactType.pulseGiven,
            data(
                [("grade", step), ("reason", reason), ("author", context.author)],
                [("points", points.map { .double($0) }), ("expires_days", days.map { .int($0) })]))
    }

    static let raiseFlag = Command { fields, context in
        let flag = fields.text("flag", bytesMax: 64, required: true)
        if let flag, !isName(flag) { fields.refuse("flag", "a flag is named with a-z, 0-9 and _") }
        let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax, required: true)
        return Outcome(
            FactType.flagRaised, data([("flag", flag), ("reason", reason), ("author", context.author)]))
    }

    static let clearFlag = Command { _, context in
        Outcome(FactType.flagCleared, ["flag": context.name("flag"), "author": .string(context.author)])
    }

    /// A notice is an event for the metrics and a flag for the caps.
    static let churnNotice = Command { fields, context in
        let scope = fields.choice("scope", of: ["full", "partial"], required: true)
        let notice = fields.instant("notice_at")
        let effective = fields.instant("effective_at")
        let stated = fields.text("stated_reason", bytesMax: CommandFields.reasonBytesMax)
        let assessed = fields.text("assessed_reason", bytesMax: CommandFields.reasonBytesMax)
        var outcome = Outcome(
            "churn.noticed",
            data([
                ("scope", scope), ("notice_at", notice), ("effective_at", effective),
                ("stated_reason", stated),
                ("assessed_reason", assessed), ("author", context.author),
            ]))
        if scope == "full" {
            let reason = stated ?? "notice given"
            outcome.facts.append(
                (
                    FactType.flagRaised,
                    data([("flag", "churn_notice"), ("reason", reason), ("author", context.author)])
                ))
        }
        return outcome
    }

    static let confirmedValue = Command { fields, context in
        let kind = fields.text("kind", required: true)
        let amount = fields.number("amount", in: 0...1e15, required: true)
        let unit = fields.text("unit")
        let confirmedBy = fields.text("confirmed_by", required: true)
        let source = fields.text("source", bytesMax: CommandFields.reasonBytesMax)
        return Outcome(
            "value.recorded",
            data(
                [
                    ("kind", kind), ("unit", unit), ("confirmed_by", confirmedBy), ("source", source),
                    ("author", context.author),
                ], [("amount", amount.map { .double($0) }), ("confirmed", true)]))
    }

    static let note = Command { fields, context in
        let text = fields.text("text", bytesMax: 8_000, required: true)
        return Outcome(FactType.noteAdded, ["author": .string(context.author)], note: text)
    }

    static let assignOwner = Command { fields, context in
        let person = fields.text("person", required: true)
        guard context.programme.programme.roles.contains(where: { $0.id == context.parameters["role"] })
        else {
            throw Problem(.notFound, "The programme has no role of this name.")
        }
        return Outcome(
            FactType.ownerAssigned,
            [
                "role": context.name("role"), "person": .string(person ?? ""),
                "author": .string(context.author),
            ])
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F }
    }

    /// Members that have a value, in their order.
    static func data(_ texts: [(String, String?)], _ others: [(String, JSON?)] = []) -> JSONObject {
        let all = texts.map { ($0, $1.map { JSON.string($0) }) } + others
        return JSONObject(all.compactMap { name, value in value.map { JSONObject.Member(name, $0) } })
    }
}
