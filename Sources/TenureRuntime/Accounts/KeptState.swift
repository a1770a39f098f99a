import Synchronization
package import TenureEngine

/// One state of an account as it is kept: as a value, or as the bytes that stand for it. Which of the two may change at any
/// time; what it says never does, so that writer and readers share it.
package final class KeptState: Sendable {
    private enum Form {
        indirect case whole(AccountState)
        case packed(PackedState)
    }

    private let form: Mutex<Form>

    package init(_ state: consuming AccountState) { form = Mutex(.whole(state)) }

    /// Packed ones are unpacked, and stay packed.
    package var state: AccountState {
        switch form.withLock({ $0 }) {
        case .whole(let state): state
        case .packed(let packed): packed.state
        }
    }

    /// What `AccountState.bytes` gives.
    package var bytes: [UInt8] {
        switch form.withLock({ $0 }) {
        case .whole(let state): state.bytes
        case .packed(let packed): packed.bytes
        }
    }

    /// How many bytes are kept instead of the value; nil: it is there as a value.
    package var packedCount: Int? {
        if case .packed(let packed) = form.withLock({ $0 }) { packed.content.count } else { nil }
    }

    /// The state, of which nothing stays behind: only for whoever holds this alone and lets go of it.
    func taken() -> AccountState {
        form.withLock { form in
            switch form {
            case .whole(let state):
                form = .packed(.none)
                return state
            case .packed(let packed): return packed.state
            }
        }
    }

    /// From here on its bytes are kept instead. How many they are; nil: they were kept already.
    func pack() -> Int? {
        guard case .whole(let state) = form.withLock({ $0 }) else { return nil }
        let packed = PackedState(state)
        form.withLock { $0 = .packed(packed) }
        return packed.content.count
    }

    /// From here on its bytes are kept compressed, if bytes are kept.
    func compress(_ packing: StatePacking) {
        guard case .packed(let packed) = form.withLock({ $0 }), let compressed = packed.compressed(packing) else { return }
        form.withLock { $0 = .packed(compressed) }
    }
}

/// A state's bytes, as they are or compressed.
struct PackedState: Sendable {
    let content: [UInt8]
    /// nil: the bytes are as they are.
    private let packing: StatePacking?
    /// Of the bytes before they were compressed.
    private let count: Int32

    /// Stands where a state was until it was taken.
    static let none = PackedState()

    private init(_ content: [UInt8] = [], _ packing: StatePacking? = nil, count: Int = 0) {
        (self.content, self.packing, self.count) = (content, packing, Int32(count))
    }

    init(_ state: AccountState) { self.init(state.bytes) }

    /// nil: it is, or it would not be smaller.
    func compressed(_ packing: StatePacking) -> PackedState? {
        guard self.packing == nil, let packed = packing.pack(content) else { return nil }
        return PackedState(packed, packing, count: content.count)
    }

    var bytes: [UInt8] {
        guard let packing else { return content }
        return packing.unpack(content, count: Int(count))
    }

    var state: AccountState {
        do {
            return try AccountState(bytes: bytes)
        } catch {
            // It was made of a state, in this process: memory itself is at fault, and nothing else in it can be trusted.
            fatalError("A state in memory is not what was written there: \(error). Start again; log and store are complete.")
        }
    }
}
