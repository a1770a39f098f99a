import TenureCore

extension Batch: KeptRow {
    static let prefix = "batch:"

    var text: String {
        var object: JSONObject = [
            "by": .string(by), "at": .int(at.milliseconds), "action": action.json, "accounts": .names(accounts),
        ]
        if let begun {
            object["begun"] = .int(begun.at.milliseconds)
            object["owners"] = .array(begun.owners.sorted { $0.key < $1.key }.map { [.string($0.key.text), .string($0.value)] })
        }
        if let result {
            object["done"] = .names(result.done)
            object["skipped"] = .array(result.skipped.map { [.string($0.account.text), .string($0.reason)] })
        }
        return JSON.object(object).text
    }

    init?(id: String, text: String) {
        guard case .success(.object(let object)) = JSONReader.read(text, limits: .ownRows),
            let by = object["by"]?.string, let at = object["at"]?.int, let action = object["action"].flatMap({ Action($0) }),
            let accounts = object["accounts"]?.accounts
        else { return nil }
        self.init(id: id, by: by, at: Instant(milliseconds: at), action: action, accounts: accounts)
        if let begun = object["begun"]?.int {
            let owners = (object["owners"]?.pairs ?? []).map { (AccountID($0), $1) }
            self.begun = Begun(
                at: Instant(milliseconds: begun), owners: Dictionary(owners, uniquingKeysWith: { first, _ in first }))
        }
        guard let done = object["done"]?.accounts, let skipped = object["skipped"]?.pairs else { return }
        result = Result(done: done, skipped: skipped.map { .init(account: AccountID($0), reason: $1) })
    }
}

extension Batch.Action {
    var json: JSON {
        switch self {
        case .handOver(let role, let person): ["kind": "hand_over", "role": .string(role), "person": .string(person)]
        case .start(let play): ["kind": "start", "play": .string(play)]
        }
    }

    init?(_ json: JSON) {
        guard let object = json.object else { return nil }
        if object["kind"] == "start", let play = object["play"]?.string {
            self = .start(play: play)
        } else if object["kind"] == "hand_over", let role = object["role"]?.string, let person = object["person"]?.string {
            self = .handOver(role: role, person: person)
        } else {
            return nil
        }
    }
}

extension JSON {
    fileprivate static func names(_ accounts: [AccountID]) -> JSON { .array(accounts.map { .string($0.text) }) }
    fileprivate var accounts: [AccountID]? { array?.compactMap { $0.string.map { AccountID($0) } } }

    /// Lists of two texts.
    fileprivate var pairs: [(String, String)]? {
        array?.compactMap { pair in
            guard let pair = pair.array, pair.count == 2, let first = pair[0].string, let second = pair[1].string else {
                return nil
            }
            return (first, second)
        }
    }
}
