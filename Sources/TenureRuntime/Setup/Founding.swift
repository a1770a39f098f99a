import Synchronization
import TenureCore

/// How a house comes to its first workspace, and to more: one link for whoever started the process, which works once.
package final class Founding: Sendable {
    private let state = Mutex(State())
    private let clock: @Sendable () -> Instant

    package static let linkMilliseconds = Milliseconds.hour

    /// A link that somebody is using: nobody else has it now.
    package struct Claim: Sendable {
        fileprivate let link: Link
    }

    fileprivate struct Link: Sendable {
        /// Of the token.
        var hash: String
        var expires: Instant

        func holds(at now: Instant) -> Bool { House.holds(until: expires, of: Founding.linkMilliseconds, at: now) }
    }

    private struct State: Sendable {
        var maker: (any WorkspaceMaker)?
        var link: Link?
    }

    init(clock: @escaping @Sendable () -> Instant) { self.clock = clock }

    /// nil: this process makes none.
    package var maker: (any WorkspaceMaker)? { state.withLock { $0.maker } }
    package func take(_ maker: any WorkspaceMaker) { state.withLock { $0.maker = maker } }

    /// A new link's token; an older link is void.
    package func makeToken() -> String {
        let token = AccessKey.makeSecret(.api)
        let link = Link(hash: AccessKey.hash(token), expires: clock() + Self.linkMilliseconds)
        state.withLock { $0.link = link }
        return token
    }

    /// Whether the link would still work; looking does not use it up.
    package func isValid(_ token: String) -> Bool {
        let (hash, now) = (AccessKey.hash(token), clock())
        return state.withLock { $0.link.map { $0.hash == hash && $0.holds(at: now) } ?? false }
    }

    /// Of many who try at once one gets it; nil: unknown, used or too old.
    package func claim(_ token: String) -> Claim? {
        let (hash, now) = (AccessKey.hash(token), clock())
        return state.withLock { state in
            guard let link = state.link, link.hash == hash, link.holds(at: now) else { return nil }
            state.link = nil
            return Claim(link: link)
        }
    }

    /// What was begun with it came to nothing: it works again, no longer than before.
    package func giveBack(_ claim: Claim) {
        state.withLock { if $0.link == nil { $0.link = claim.link } }
    }
}
