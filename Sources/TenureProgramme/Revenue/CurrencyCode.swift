/// A currency by its three capital letters (`EUR`), in four bytes: every statement of an amount may carry one.
package struct CurrencyCode: Hashable, Comparable, Sendable {
    private let packed: UInt32

    /// nil for anything but three letters from A to Z.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 3, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        packed = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }

    package var text: String {
        String(decoding: [16, 8, 0].map { UInt8(truncatingIfNeeded: packed >> $0) }, as: UTF8.self)
    }

    package static func < (left: CurrencyCode, right: CurrencyCode) -> Bool { left.packed < right.packed }
}
