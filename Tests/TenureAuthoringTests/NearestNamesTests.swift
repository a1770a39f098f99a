import Testing

@testable import TenureAuthoring

@Suite struct `Nearest names` {
    @Test func `case comes before edits, and four at most`() {
        #expect(NearestNames.of("Users", among: ["users", "user"]) == ["users"])
        #expect(NearestNames.of("abcd", among: ["abce", "abcf", "abcg", "abch", "abci"]).count == 4)
        #expect(NearestNames.of("thershold", among: ["threshold", "other"]) == ["threshold"])
        #expect(NearestNames.of("x", among: ["abc"]).isEmpty)
    }
}
