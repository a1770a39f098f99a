import TenureProgramme
import Testing

@testable import TenureInsight

/// One number over several accounts, some of which say nothing.
@Suite struct RollUpTests {
    private func rollUp(_ accounts: [(value: Double?, arr: Int64?)]) -> RollUp {
        var rollUp = RollUp()
        for account in accounts { rollUp.add(account.value, arr: account.arr) }
        return rollUp
    }

    @Test func `what is unknown is in no number and is counted apart`() {
        let found = rollUp([(80, 100_00), (50, nil), (nil, 500_00), (20, 300_00)])
        #expect(found.value(.sum) == 150)
        #expect(found.value(.mean) == 50)
        #expect(found.value(.minimum) == 20)
        // (80 × 1 + 20 × 3) / 4: the second pays nobody knows what, the third is worth nobody knows what.
        #expect(found.value(.arrWeighted) == 35)
        #expect((found.accounts, found.known, found.weighed) == (4, 3, 2))
        #expect(FamilyRollUp.Kind.allCases.map { found.counted($0) } == [3, 3, 3, 2])
    }

    @Test func `nothing known is no number, and not zero`() {
        let found = rollUp([(nil, 100), (nil, nil), (.nan, 100), (.infinity, 100)])
        #expect(FamilyRollUp.Kind.allCases.allSatisfy { found.value($0) == nil })
        #expect((found.accounts, found.known) == (4, 0))
    }

    @Test func `nobody who pays gives no weighted mean`() {
        let found = rollUp([(10, 0), (20, -500), (30, nil)])
        #expect(found.value(.arrWeighted) == nil && found.value(.mean) == 20)
    }

    @Test func `zero is a value`() {
        let found = rollUp([(0, 100), (10, 300)])
        #expect(found.value(.minimum) == 0 && found.value(.arrWeighted) == 7.5)
    }
}
