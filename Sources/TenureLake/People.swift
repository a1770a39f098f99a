package import TenureCore

package enum PersonEntity {}
/// What facts call a person: the keyed hash of a login.
package typealias PersonKey = ID<PersonEntity>

/// Some people, known by their keys alone.
struct People {
    private let keys: Set<PersonKey>
    private let key: (_ login: String) -> PersonKey

    init(_ keys: Set<PersonKey>, _ key: @escaping (_ login: String) -> PersonKey) {
        self.keys = keys
        self.key = key
    }

    /// Whether one of them did what the fact says, or it tells of one of them.
    func have(_ fact: Fact) -> Bool {
        guard !keys.isEmpty else { return false }
        if let member = fact.member, keys.contains(PersonKey(member)) { return true }
        guard fact.type == FactType.contactChanged else { return false }
        return ["contact", "alias"].contains { fact.data[$0]?.string.map(isOne) ?? false }
    }

    /// A file of contacts may name a person by the login itself.
    private func isOne(_ contact: String) -> Bool {
        keys.contains(PersonKey(contact)) || keys.contains(key(contact))
    }
}
