package import TenureProgramme

/// What is left of a programme when parts of it are deleted.
package struct Remainder: Sendable {
    /// Nil when it has mistakes.
    package var programme: Programme?
    /// Those outside of the tests. Tests that expect what is gone are to be run, and to fail.
    package var mistakes: [Diagnostic]
    /// The first test that gives its account something that is gone, or expects a band that is, and so can not be
    /// read any more.
    package var unreadable: (test: String, mistake: Diagnostic)?
}
