package import TenureAuthoring

/// A programme from which one part was deleted, and who noticed.
package struct Mutant: Sendable {
    package enum Outcome: Sendable {
        /// A test failed. `also` is what had to go too, because it mentioned the part.
        case failed(ScenarioFailure, also: [Removal])
        /// The reader reports a mistake, and what would be left without the mistaken parts no test tells apart, or
        /// nothing can be left.
        case refused(Diagnostic)
        /// Nobody noticed.
        case survived
        /// The programme says the same without it: a default that is written out.
        case same
    }

    package var removal: Removal
    package var outcome: Outcome
}
