package import TenureCore
import TenureStore

/// What becomes of the messages that wait behind the fence, and that the original may have sent already.
package enum WaitingMessages: String, Hashable, Sendable, CaseIterable {
    /// None of them ever leaves.
    case withhold
    /// Those that were decided after the restoration leave, the others never.
    case sendNew = "send-new"
    /// All leave, even if some come twice.
    case sendAll = "send-all"

    /// Up to which instant what was decided may have been sent by somebody else, and is withheld.
    func floor(_ fence: EffectsFence, now: Instant) -> Instant? {
        switch self {
        case .withhold: now
        case .sendNew: fence.restored
        case .sendAll: nil
        }
    }
}

/// Who let messages leave again, and what became of those that waited.
package struct EffectsRelease: Hashable, Sendable {
    package var at: Instant
    package var by: String
    package var choice: WaitingMessages
    package var withheld: Int
    package var sent: Int

    static let setting = "effects.released"
    /// Messages decided up to this instant never leave, whenever their turn is taken.
    static let floorSetting = "effects.floor"

    /// Where it cannot be read, everything is withheld.
    static func floor(in store: any StateStore) -> Instant {
        do {
            guard let text = try store.setting(floorSetting) else { return Instant(milliseconds: .min) }
            return try Instant.parse(rfc3339: text).get()
        } catch {
            return Instant(milliseconds: .max)
        }
    }

    var text: String {
        JSON.object([
            "at": .string(at.text), "by": .string(by), "choice": .string(choice.rawValue),
            "withheld": .int(Int64(withheld)), "sent": .int(Int64(sent)),
        ]).text
    }
}

/// Why the fence stays as it is.
package enum EffectsRefusal: Error, Hashable, Sendable {
    case noFence
    /// A name of nobody: of blanks only.
    case nobody
}

/// What waits behind the fence at an instant.
package struct WaitingEffects: Hashable, Sendable {
    package var fence: EffectsFence
    /// Decided before the restoration, or as of an instant before it: the original may have sent them.
    package var older = 0
    /// Decided since.
    package var newer = 0
    /// Not due yet: the original cannot have sent them, and they leave when they are due, whatever is chosen.
    package var later = 0
}
