/// A compiled expression: checked once, evaluated as often as wanted, from any thread.
public struct Program: Sendable {
    /// The expression as it was written.
    public let source: String
    /// What an evaluation gives, when it gives a value.
    public let resultType: Type
    /// What each slot stands for: slot `i` is `references[i]`. Distinct, in the order of first mention.
    public let references: [Reference]

    let code: Code
    let root: Int
    /// The short form of a condition; empty when the program is none, or too long.
    @usableFromInline let plan: Plan
    let parts: [ProgramPart]

    /// What one evaluation may cost unless said otherwise.
    public static let costLimit = 100_000

    /// Compiles an expression, or gives every mistake in it.
    ///
    /// - Parameter expecting: the type the result must have; `dyn` results pass, as they show at run time.
    public static func compile(
        _ source: String, vocabulary: Vocabulary, expecting: Type? = nil
    ) -> Result<Program, Issues> {
        do throws(Issue) {
            let syntax = try Parser.parse(source, expandsMacros: vocabulary.expandsMacros)
            return Checker.check(syntax, vocabulary, expecting: expecting).flatMap {
                emit($0, source, vocabulary)
            }
        } catch {
            return .failure(Issues([error]))
        }
    }

    private static func emit(
        _ checked: Checked, _ source: String, _ vocabulary: Vocabulary
    ) -> Result<Program, Issues> {
        var emitter = Emitter(checked, isChecked: vocabulary.isChecked)
        let root = emitter.emit(checked.syntax.root)
        let parts = ProgramPart.split(checked, &emitter)
        guard emitter.issues.isEmpty else { return .failure(Issues(emitter.issues)) }
        let code = Code(emitter, zones: vocabulary.zones)
        let program = Program(
            source: source, resultType: checked.types[checked.syntax.root], references: checked.references,
            code: code, root: root, plan: PlanWriter.plan(code, root, slots: checked.references.count),
            parts: parts)
        return .success(program)
    }

    /// The value of the expression. Never throws or traps: `.unknown` and `.error` are values.
    @inlinable
    public func evaluate(costLimit: Int = Program.costLimit, _ slots: some SlotSource) -> Value {
        if !plan.tests.isEmpty, plan.cost <= costLimit {
            switch plan.outcome(0, slots) {
            case .holds: return .bool(true)
            case .fails: return .bool(false)
            case .unknown(let bits): return .unknown(UnknownSet(bits: bits))
            case .other: break
            }
        }
        return run(costLimit: costLimit) { slots.value(at: $0) }
    }

    @usableFromInline
    func run(costLimit: Int, _ read: (Int) -> Value) -> Value {
        var run = Run(code, costLimit: costLimit)
        return run.result(of: root, read)
    }
}

/// Where a program's slots get their values from.
public protocol SlotSource {
    /// The value of a slot of the program that is evaluated; `.unknown` when there is none yet.
    ///
    /// It may be asked for more than once in one evaluation, and must be the same each time.
    func value(at slot: Int) -> Value
}
