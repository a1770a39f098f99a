/// What is fuzzed: each target makes something of any bytes and says which promises were broken on the way.
///
/// The programs under `Fuzzing/Programs` end the process when there are any; the tests replay the kept corpora.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case cel
    case definitions
    case templates

    /// No input is longer; what is, is cut.
    package static let bytesMax = 64 * 1024

    /// A sentence for each broken promise; empty when all are kept. Crashes, hangs and growth are for the caller to see.
    package func brokenPromises(by bytes: some Sequence<UInt8>) -> [String] {
        let bytes = Array(bytes.prefix(Self.bytesMax))
        var promises = Promises()
        switch self {
        case .cel: CELInput(bytes)?.run(&promises)
        case .definitions: DefinitionsInput(bytes)?.run(&promises)
        case .templates: TemplateInput(bytes)?.run(&promises)
        }
        return promises.broken
    }
}

/// Notes what does not hold.
struct Promises {
    private(set) var broken: [String] = []

    mutating func expect(_ holds: Bool, _ promise: @autoclosure () -> String) {
        if !holds { broken.append(promise()) }
    }
}
