import TenureCore
import Testing

@testable import TenureRuntime

/// Logins of several accounts, as small numbers.
struct LoginPlacesTests {
    private let a: AccountID = "a"
    private let b: AccountID = "b"
    private let c: AccountID = "c"

    @Test func `a number stands for the accounts that were added, in whatever order`() {
        var places = LoginPlaces()
        let (one, other) = (places.number(of: a), places.number(of: b))
        let both = places.number(of: b, besides: one)
        #expect(places.number(of: a, besides: other) == both)
        #expect(places.number(of: [b, a]) == both)
        #expect(places.number(of: a, besides: both) == both)
        #expect(places.number(of: a, besides: one) == one)
        #expect(places.number(of: [a]) == one)
        let all = places.number(of: c, besides: both)
        #expect(places.accounts(of: all) == [a, b, c])
        #expect(places.accounts(of: one) == [a])
    }

    @Test func `more than eight are many, and stay so`() {
        var places = LoginPlaces()
        var number = places.number(of: a)
        for other in 0..<7 { number = places.number(of: AccountID("other-\(other)"), besides: number) }
        #expect(places.accounts(of: number).count == 8)
        number = places.number(of: c, besides: number)
        #expect(number == LoginPlaces.many && places.accounts(of: number) == [])
        #expect(places.number(of: b, besides: number) == number)
        #expect(places.number(of: []) == number)
    }
}
