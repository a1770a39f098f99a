import HTTPTypes
import TenureCore
import TenureEngine

/// What people say of signals.
extension Command {
    static let acknowledge = signal(FactType.signalAcknowledged) { fields in
        data([], [("days", days(&fields))])
    }
    static let snooze = signal(FactType.signalSnoozed) { fields in
        data([], [("days", days(&fields, required: true))])
    }
    static let markFalse = signal(FactType.signalMarkedFalse) { fields in
        let reason = fields.text("reason", bytesMax: CommandFields.reasonBytesMax, required: true)
        let keeps = fields.flag("keep_plays")
        return data([("reason", reason)], [("days", days(&fields)), ("keep_plays", keeps.map { .bool($0) })])
    }
    static let confirm = signal(FactType.signalConfirmed) { fields in
        data([("reason", fields.text("reason", bytesMax: CommandFields.reasonBytesMax))])
    }

    static func takeBack(_ treatment: SignalTreatment) -> Command {
        signal(FactType.signalTakenBack) { _ in ["what": .string(treatment.rawValue)] }
    }

    private static func days(_ fields: inout CommandFields, required: Bool = false) -> JSON? {
        fields.whole("days", in: 1...366, required: required).map { .int($0) }
    }

    private static func signal(
        _ type: String, _ more: @escaping @Sendable (inout CommandFields) -> JSONObject
    ) -> Command {
        Command { fields, context in
            let named = data([("signal", context.parameters["signal"]), ("by", context.author)])
            return Outcome(type, JSONObject(named.members + more(&fields).members))
        }
    }
}

/// Each word is a resource of the signal, which `DELETE` takes back.
enum SignalRoutes {
    static let writes: [Route] = [
        .write(.post, path("acknowledgement"), .acknowledge),
        .write(.delete, path("acknowledgement"), .takeBack(.acknowledgement)),
        .write(.post, path("snooze"), .snooze),
        .write(.delete, path("snooze"), .takeBack(.snooze)),
        .write(.post, path("false-alarm"), .markFalse),
        .write(.delete, path("false-alarm"), .takeBack(.falseAlarm)),
        .write(.post, path("confirmation"), .confirm),
        .write(.delete, path("confirmation"), .takeBack(.confirmation)),
    ]

    static func path(_ word: String) -> String { "/signals/{signal}/" + word }
}
