import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// Why a score is what it is, now or at the end of a past day, and what moved it since another day; for now also why
/// each signal and play started, or did not.
enum ExplanationDocuments {
    static func one(_ api: APICall) async throws -> Answer {
        let query = try api.call.query(allowing: ["at", "since", "events"])
        let account = try api.account()
        let history = HealthHistory(api.workspace, account)
        let day =
            try query.filled("at").map { try self.day($0, "at", history.snapshot) } ?? history.snapshot.today
        guard let reading = try await history.reading(on: day) else {
            throw Problem(.notFound, "Nothing is recorded for \(day.text).")
        }
        var body = document(reading, day, account, history)
        if day >= history.snapshot.today {
            body["healthy_again"] = history.snapshot.wayBack
            body["signals"] = history.snapshot.signalReasons
            body["plays"] = history.snapshot.playReasons
        }
        if let since = query.filled("since") {
            let then = try self.day(since, "since", history.snapshot)
            body["change"] = try await change(history, from: then, to: reading)
            if try query.asks("events") {
                body["causes"] = try await history.causes(from: then, to: day)?.document ?? .null
            }
        }
        return .json(.object(body))
    }

    private static func document(
        _ reading: HealthReading, _ day: Day, _ account: AccountState, _ history: HealthHistory
    ) -> JSONObject {
        let snapshot = history.snapshot
        let explanation = history.explanation(reading)
        let bands = snapshot.programme.programme.health.bands
        return [
            "account": WorkDocuments.reference(account), "day": .string(day.text),
            "is_now": .bool(day >= snapshot.today), "model_version": .int(Int64(reading.modelVersion)),
            "score": JSON(reading.score), "raw_score": JSON(reading.rawScore),
            "band": JSON(reading.band.flatMap { bands.indices.contains($0) ? bands[$0].id : nil }),
            "coverage": .double(Double(reading.coverageMicros) / 1_000_000),
            "lines": explanation.document(snapshot.programme),
            "sum_nano": .int(explanation.sumNano),
        ]
    }

    private static func change(
        _ history: HealthHistory, from day: Day, to reading: HealthReading
    ) async throws -> JSON {
        guard let then = try await history.reading(on: day) else {
            throw Problem(.notFound, "Nothing is recorded for \(day.text).")
        }
        guard let change = ScoreChange(from: history.explanation(then), to: history.explanation(reading))
        else { return .null }
        var object = change.document
        object["since"] = .string(day.text)
        return .object(object)
    }

    /// `2026-03-09`, or the local day of an instant.
    private static func day(_ text: String, _ name: String, _ snapshot: Snapshot) throws -> Day {
        if let day = Day(text: text) { return day }
        guard let instant = try? Instant.parse(rfc3339: text).get() else {
            throw Problem(.invalidParameter, "\(name) is a day such as 2026-03-09, or an RFC 3339 timestamp.")
        }
        return snapshot.zone.day(at: instant)
    }
}
