import ArgumentParser
import TenureCore
import TenureRuntime

/// How long after it happened a thing was known, for rows that do not say when they were recorded: by the file they
/// stand in, or by the system that they name.
struct Delays {
    private(set) var given: [(name: String, span: Span)] = []

    /// - Parameter texts: such as `events=1d`, `crm=3d`.
    init(_ texts: [String]) throws {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty, let span = Span(text: parts[1]), span.count >= 0,
                span.fixedMilliseconds != nil
            else {
                throw ValidationError(
                    "--delay “\(text)”: name a file or a system and a time, as in events=1d or crm=72h.")
            }
            given.append((parts[0], span))
        }
    }

    /// Of a system where it has one of its own, else of the file.
    func milliseconds(_ file: VerdictFile, system: String?) -> Int64 {
        let own = given.first { $0.name == system } ?? given.first { $0.name == file.rawValue }
        return own?.span.fixedMilliseconds ?? 0
    }

    var text: String { given.map { "\($0.name) \($0.span.text)" }.joined(separator: ", ") }
}

/// The files of a past.
enum VerdictFile: String, CaseIterable {
    case accounts, contacts, contracts, events, churn

    var isRequired: Bool {
        switch self {
        case .accounts, .events, .churn: true
        case .contacts, .contracts: false
        }
    }

    var required: [String] {
        switch self {
        case .accounts: ImportKind.accounts.required
        case .contacts: ImportKind.contacts.required
        case .contracts: ImportKind.contracts.required
        case .events: ImportKind.events.required
        case .churn: ["account", "notice"]
        }
    }

    var kind: ImportKind? {
        switch self {
        case .accounts: .accounts
        case .contacts: .contacts
        case .contracts: .contracts
        case .events: .events
        case .churn: nil
        }
    }
}
