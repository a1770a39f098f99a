import TenureCore
import TenureStore

/// Facts of the accounts that people asked about last, as far as the log was read for them: who looks into one number of an
/// account looks into the next.
struct RecentFacts: Sendable {
    struct Read: Sendable {
        private(set) var facts: [Fact] = []
        /// Position up to which the log was read.
        private var end: UInt64 = 0
        /// Which accounts' facts they are: those of other ones are read from the beginning.
        private var links: [Merges.Link] = []

        /// Reads on from where the last look ended. Blocks.
        mutating func catchUp(_ log: any IntakeLog, _ account: AccountID, _ merges: Merges = Merges()) throws {
            let links = merges.accounts(in: account).flatMap { merges.links(into: $0) }
            if links != self.links { self = Read(links: links) }
            // What is appended meanwhile is for the next look.
            let last = log.end
            facts += try log.facts(of: account, merges, from: end + 1, upTo: last)
            end = max(end, last)
        }

        init() {}

        private init(links: [Merges.Link]) { self.links = links }
    }

    /// The one that was asked for last comes last.
    private var read: [(account: AccountID, read: Read)] = []
    private static let accountsMax = 8
    private static let factsMax = 50_000

    /// Nothing of it stays here; `keep` puts it back.
    mutating func take(_ account: AccountID) -> Read {
        guard let place = read.firstIndex(where: { $0.account == account }) else { return Read() }
        return read.remove(at: place).read
    }

    mutating func keep(_ facts: Read, of account: AccountID) {
        read.append((account, facts))
        while read.count > 1, read.count > Self.accountsMax || read.reduce(0, { $0 + $1.read.facts.count }) > Self.factsMax {
            read.removeFirst()
        }
    }
}
