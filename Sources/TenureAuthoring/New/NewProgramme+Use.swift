import TenureCore

extension TextEdits {
    /// What counts as use: features, the events that tell of them, and a test of each event.
    mutating func workInEvents(_ answers: Answers) {
        let features = ids(of: answers.features, fallback: "feature")
        put("events.yaml", Self.events(answers, features))
        put("tests/segment.yaml", Self.eventTest(answers, features))
    }

    /// The tests use the first five features, in their order.
    mutating func workInFeatureNames(_ answers: Answers) {
        let features = ids(of: answers.features, fallback: "feature")
        let names = ["core", "reports", "collaboration", "automation", "api"]
        replaceEverywhere(
            // An id that no feature can have, for ids are made of lower-case letters.
            [("{feature: settings}", "{feature: Not-A-Feature}")]
                + zip(names, features).map { ("{feature: \($0)}", "{feature: \($1)}") }, below: "tests/")
    }

    private static func events(_ answers: Answers, _ ids: [String]) -> String {
        let features = zip(ids, answers.features).enumerated().map { number, feature in
            "  - {id: \(feature.0), title: \(quoted(feature.1)), \(number < 3 ? "key" : "advanced"): true}"
        }
        let calls = answers.events.map { "      - {track: \(quoted($0.name)), adding: {feature: \(ids[$0.feature])}}" }
        return """
            # What counts as use. `key` features are those that every healthy customer uses; add a line for a new part of
            # your product, and one below for each event that tells of it.
            features:
            \(features.joined(separator: "\n"))

            events:
              - type: feature.used
                title: Feature used
                activity: true
                feature: feature
                fields:
                  feature: {type: text, required: true}
                  environment: {type: text}
                # Track calls of a Segment client, by the names that your product sends.
                segment:
            \(calls.joined(separator: "\n"))

            """
    }

    /// One feature a day, by each of its events.
    private static func eventTest(_ answers: Answers, _ ids: [String]) -> String {
        let count = ids.count
        let calls = answers.events.map { "      - {day: \($0.feature), track: \(quoted($0.name)), members: 1}" }
        let used = (0..<count).map { "      - {day: \($0), metric: features.breadth.30d, value: \(decimal(100 * ($0 + 1), count))}" }
        return """
            tests:
              - id: what_your_product_sends
                title: Each event as the use of its feature, one feature a day
                start: 2026-03-02
                days: \(count - 1)
                account: {name: Acme, csm: ada}
                facts:
            \(calls.joined(separator: "\n"))
                expect:
            \(used.joined(separator: "\n"))
                  - {day: 0, metric: users.active.30d, value: 1}

            """
    }
}
