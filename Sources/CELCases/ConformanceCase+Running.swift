package import CEL

/// How a case went.
package enum CaseOutcome: Sendable {
    case passed
    /// What was wanted and what there was instead, in words.
    case failed(expected: String, found: String)
    /// Why it was not run.
    case skipped(reason: String)
}

extension ConformanceCase {
    /// Extensions that Tenure does not have, by their feature, with the reason.
    private static let leftOut = [
        "ext:network": "IP addresses and networks: no definition of a programme has them",
        "ext:block": "cel.block: only optimisers write it",
        "ext:proto": "protocol-buffer messages: facts are JSON",
    ]

    /// Compiles and evaluates the expression.
    package func run(zones: some ZoneSource) -> CaseOutcome {
        if let reason = Self.leftOut[feature] { return .skipped(reason: reason) }
        var vocabulary = vocabulary
        vocabulary.useZones(zones)
        switch Program.compile(expression, vocabulary: vocabulary) {
        case .success(let program): return outcome(of: program)
        case .failure(let issues):
            if case .error = expectation { return .passed }
            let mistakes = issues.issues.map(\.message).joined(separator: "; ")
            return .failed(expected: expectation.words, found: "mistakes: \(mistakes)")
        }
    }

    private func outcome(of program: Program) -> CaseOutcome {
        if let deducedType, program.resultType.description != deducedType {
            return .failed(expected: "type \(deducedType)", found: "type \(program.resultType)")
        }
        if case .compiles = expectation { return .passed }
        let value = program.evaluate(BoundSlots(program, bindings))
        return expectation.isMet(by: value) ? .passed : .failed(expected: expectation.words, found: value.description)
    }
}

extension ConformanceCase.Expectation {
    var words: String {
        switch self {
        case .value(let value): value.description
        case .error: "an error"
        case .compiles: "no mistakes"
        }
    }

    /// The same kind and content; every NaN is as good as another, the two zeros are one.
    fileprivate func isMet(by value: Value) -> Bool {
        switch (self, value) {
        case (.value(.double(let wanted)), .double(let given)):
            wanted == given || (wanted.isNaN && given.isNaN)
        case (.value(let wanted), _): wanted == value
        case (.error, .error): true
        case (.error, _), (.compiles, _): false
        }
    }
}

/// Slots by the way they are written; what is not bound is an error of the host.
package struct BoundSlots: SlotSource {
    private let values: [Value]

    package init(_ program: Program, _ bindings: [String: Value]) {
        values = program.references.map { reference in
            bindings[reference.description]
                ?? .error(EvaluationError(.host, "nothing is bound to \(reference)"))
        }
    }

    package func value(at slot: Int) -> Value { values[slot] }
}
