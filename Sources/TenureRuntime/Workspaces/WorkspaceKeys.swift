import Crypto
package import TenureCore
import TenureStore

/// Names derived from a workspace's secret: whoever lacks it can neither guess nor forge them.
package struct WorkspaceKeys: Sendable {
    /// Keyed once and copied for each name: making it costs as much as using it.
    private let code: HMAC<SHA256>

    /// At least 32 random bytes, from the data directory's key file.
    package init(secret: [UInt8], workspace: WorkspaceID) {
        let code = HMAC<SHA256>.authenticationCode(for: Array("workspace\0\(workspace)".utf8), using: .init(data: secret))
        self.code = HMAC(key: SymmetricKey(data: code))
    }

    /// 128 bits in hexadecimal, derived from what caused the thing.
    package func name(_ kind: String, _ cause: String) -> String {
        var code = code
        code.update(data: Array("\(kind)\0\(cause)".utf8))
        return hexadecimal(code.finalize().prefix(16))
    }

    package func account(external: String) -> AccountID { AccountID("acc_" + name("account", external)) }
    package func member(user: String) -> String { name("member", user) }

    /// Identity of an event in the de-duplication index.
    func eventKey(source: String, id: String) -> EventKey {
        let digest = Array(SHA256.hash(data: Array("\(source)\0\(id)".utf8)))
        return EventKey(high: number(digest[0..<8]), low: number(digest[8..<16]))
    }
}

package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for byte in bytes {
        digits.append(hexadecimalDigit(byte >> 4))
        digits.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
