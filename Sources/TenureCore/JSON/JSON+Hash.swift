extension JSON {
    /// 64 bits of what the value says: the same whatever the order of an object's members, in every process.
    package var contentHash: UInt64 {
        switch self {
        case .null: mixed(1, 0)
        case .bool(let flag): mixed(2, flag ? 1 : 0)
        case .int(let number): mixed(3, UInt64(bitPattern: number))
        case .double(let number): mixed(4, number.bitPattern)
        case .string(let text): mixed(5, hash64(text))
        case .array(let values): values.reduce(6) { mixed($0, $1.contentHash) }
        case .object(let object): object.contentHash
        }
    }
}

extension JSONObject {
    package var contentHash: UInt64 {
        members.reduce(7) { $0 &+ mixed(hash64($1.name), $1.value.contentHash) }
    }
}

/// Folds a part into a hash of several; neither order nor neighbours cancel out.
package func mixed(_ hash: UInt64, _ part: UInt64) -> UInt64 {
    var mixed = (hash &* 0x9E37_79B9_7F4A_7C15) ^ part
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
}
