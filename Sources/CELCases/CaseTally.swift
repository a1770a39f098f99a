package import CEL
package import TenureCore

/// How many cases went which way, by feature, and every failure.
package struct CaseTally: Sendable {
    /// The cases of one feature.
    package struct Counts: Sendable {
        package var passed = 0
        package var failed = 0
        package var skipped = 0
        package var reason: String?
    }

    /// A case that did not give what it must.
    package struct Failure: Sendable {
        package let id: String
        package let feature: String
        package let expression: String
        package let expected: String
        package let found: String
    }

    package private(set) var total = Counts()
    package private(set) var features: [(name: String, counts: Counts)] = []
    package private(set) var failures: [Failure] = []

    /// Runs all cases.
    package init(_ cases: [ConformanceCase], zones: some ZoneSource) {
        for item in cases { add(item, item.run(zones: zones)) }
        features.sort { precedes($0.name, $1.name) }
    }

    private mutating func add(_ item: ConformanceCase, _ outcome: CaseOutcome) {
        let place = features.firstIndex { isSame($0.name, item.feature) } ?? features.count
        if place == features.count { features.append((item.feature, Counts())) }
        features[place].counts.count(outcome)
        total.count(outcome)
        guard case .failed(let expected, let found) = outcome else { return }
        failures.append(
            Failure(
                id: item.id, feature: item.feature, expression: item.expression, expected: expected, found: found))
    }
}

extension CaseTally.Counts {
    fileprivate mutating func count(_ outcome: CaseOutcome) {
        switch outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .skipped(let reason):
            skipped += 1
            self.reason = reason
        }
    }

    fileprivate var text: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}

// MARK: - What people and programs read

extension CaseTally {
    /// Each failure, the counts by feature, and the sum in the last line.
    package var text: String {
        let shown = failures.map { failure in
            "\(failure.id)  [\(failure.feature)]\n  expression  \(failure.expression)\n"
                + "  expected    \(failure.expected)\n  found       \(failure.found)\n"
        }
        let width = features.map(\.name.utf8.count).max() ?? 0
        let rows = features.map { feature in
            feature.name + String(repeating: " ", count: width - feature.name.utf8.count) + "  "
                + feature.counts.text + (feature.counts.reason.map { " (\($0))" } ?? "")
        }
        return (shown + rows + [total.text]).joined(separator: "\n")
    }

    /// The same as JSON, with the version of its form.
    package var json: JSON {
        [
            "format": 1, "passed": .int(Int64(total.passed)), "failed": .int(Int64(total.failed)),
            "skipped": .int(Int64(total.skipped)),
            "features": .object(JSONObject(features.map { .init($0.name, $0.counts.json) })),
            "failures": .array(failures.map(\.json)),
        ]
    }
}

extension CaseTally.Counts {
    fileprivate var json: JSON {
        [
            "passed": .int(Int64(passed)), "failed": .int(Int64(failed)), "skipped": .int(Int64(skipped)),
            "reason": reason.map { .string($0) } ?? .null,
        ]
    }
}

extension CaseTally.Failure {
    fileprivate var json: JSON {
        [
            "id": .string(id), "feature": .string(feature), "expression": .string(expression),
            "expected": .string(expected), "found": .string(found),
        ]
    }
}
