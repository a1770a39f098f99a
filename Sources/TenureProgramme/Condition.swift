package import CEL

/// A CEL expression compiled against what its place may mention.
package struct Condition: Sendable {
    package var source: String
    package var program: Program

    package init(source: String, program: Program) {
        self.source = source
        self.program = program
    }
}
