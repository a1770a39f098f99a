import CAllocations
import CEL

/// One condition, compiled and by hand, over the same accounts.
struct Contest {
    let name: String
    private let program: Program
    private let fields: [Field]
    private let closure: @Sendable (Sample) -> Bool?

    /// nil when the condition mentions what samples do not have.
    init?(_ pair: Pair, _ program: Program) {
        let fields = program.references.map { Field(rawValue: $0.description) }
        guard !fields.contains(nil) else { return nil }
        name = "\(pair.programme)/\(pair.signal)"
        self.program = program
        self.fields = fields.compactMap(\.self)
        closure = pair.closure
    }

    struct Result {
        /// Nanoseconds for one account.
        var closure = 0.0
        var compiled = 0.0
        /// Of the compiled condition over all accounts.
        var allocations: UInt = 0
        /// Accounts on which the two differ, and rounds that found other numbers than the first.
        var disagreements = 0
        /// Accounts by outcome, so that a condition that is always the same shows.
        var outcomes = Outcomes()

        var ratio: Double { compiled / closure }

        /// Uses what a round found, so that no round can be left out.
        mutating func expect(_ found: Outcomes) {
            if found != outcomes { disagreements += 1 }
        }
    }

    /// How often each outcome was found.
    struct Outcomes: Equatable {
        var holds = 0
        var fails = 0
        var unknown = 0

        mutating func count(_ outcome: Bool?) {
            switch outcome {
            case true?: holds += 1
            case false?: fails += 1
            case nil: unknown += 1
            }
        }
    }

    /// Compares and measures; the quickest of many rounds counts, as whatever else runs only ever adds.
    func run(_ samples: [Sample], rounds: Int) -> Result {
        var result = Result()
        for sample in samples where compiled(sample) != .some(closure(sample)) { result.disagreements += 1 }
        let before = allocation_count()
        result.outcomes = compiledOutcomes(samples)
        result.allocations = UInt(allocation_count() - before)
        let clock = ContinuousClock()
        var best = (closure: Swift.Duration.seconds(3600), compiled: Swift.Duration.seconds(3600))
        for _ in 0..<rounds {
            best.closure = min(best.closure, clock.measure { result.expect(closureOutcomes(samples)) })
            best.compiled = min(best.compiled, clock.measure { result.expect(compiledOutcomes(samples)) })
        }
        result.closure = best.closure.nanoseconds / Double(samples.count)
        result.compiled = best.compiled.nanoseconds / Double(samples.count)
        return result
    }

    @inline(never)
    private func closureOutcomes(_ samples: [Sample]) -> Outcomes {
        var outcomes = Outcomes()
        for sample in samples { outcomes.count(closure(sample)) }
        return outcomes
    }

    @inline(never)
    private func compiledOutcomes(_ samples: [Sample]) -> Outcomes {
        var outcomes = Outcomes()
        for sample in samples {
            outcomes.count(program.evaluate(SampleSlots(fields: fields, sample: sample)).asBool)
        }
        return outcomes
    }

    /// The compiled condition's outcome; nil outside when it is neither a Boolean nor unknown.
    private func compiled(_ sample: Sample) -> Bool?? {
        switch program.evaluate(SampleSlots(fields: fields, sample: sample)) {
        case .bool(let truth): .some(truth)
        case .unknown: .some(nil)
        case .null, .int, .uint, .double, .string, .bytes, .list, .map, .timestamp, .duration, .type, .optional,
            .error:
            nil
        }
    }
}

extension Swift.Duration {
    fileprivate var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
