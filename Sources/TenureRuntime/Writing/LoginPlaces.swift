import TenureCore

/// Where logins are seen, as small numbers: of an account, or of several together. There are few sets of accounts that share
/// logins, and each of their logins is one number all the same.
struct LoginPlaces: Sendable {
    private var accounts: [AccountID] = []
    private var numbers: [AccountID: UInt32] = [:]
    /// Numbers of accounts, ascending.
    private var groups: [[UInt32]] = []
    private var groupNumbers: [[UInt32]: UInt32] = [:]

    /// Of accounts that nobody has counted, or of more than are.
    static let many = UInt32.max
    private static let firstGroup: UInt32 = 1 << 31
    private static let groupMax = 8

    mutating func number(of account: AccountID) -> UInt32 {
        if let known = numbers[account] { return known }
        let number = UInt32(clamping: accounts.count)
        accounts.append(account)
        numbers[account] = number
        return number
    }

    /// Of several together; without any, of many.
    mutating func number(of accounts: [AccountID]) -> UInt32 {
        let members = Set(accounts.map { number(of: $0) }).sorted()
        return members.isEmpty ? Self.many : number(ofGroup: members)
    }

    /// Of an account and all that a number stands for.
    mutating func number(of account: AccountID, besides known: UInt32) -> UInt32 {
        let number = number(of: account)
        guard known != Self.many, known != number else { return known }
        let members = members(of: known)
        return members.contains(number) ? known : self.number(ofGroup: (members + [number]).sorted())
    }

    private mutating func number(ofGroup members: [UInt32]) -> UInt32 {
        if members.count == 1 { return members[0] }
        guard members.count <= Self.groupMax else { return Self.many }
        if let known = groupNumbers[members] { return known }
        let number = Self.firstGroup + UInt32(clamping: groups.count)
        groups.append(members)
        groupNumbers[members] = number
        return number
    }

    private func members(of number: UInt32) -> [UInt32] {
        number < Self.firstGroup ? [number] : groups[Int(number - Self.firstGroup)]
    }

    /// What a number stands for; none: of many.
    func accounts(of number: UInt32) -> [AccountID] {
        number == Self.many ? [] : members(of: number).map { accounts[Int($0)] }
    }
}
