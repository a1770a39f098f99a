import Foundation
package import TenureCore
package import TenureStore

/// A version that waits for a second person's approval, or that one turned down. A workspace keeps one at a time.
package struct Proposal: Hashable, Sendable {
    /// As it would be published, with who proposes it, why and since when; without files once it was turned down.
    package private(set) var row: ProgrammeRow
    /// Who turned it down; nil while it waits.
    package private(set) var refusal: Refusal?

    package struct Refusal: Hashable, Sendable {
        package let by: String
        package let reason: String
        package let at: Instant
    }

    init(_ row: ProgrammeRow) { self.row = row }

    package var isWaiting: Bool { refusal == nil }
    /// The version that ran when it was made: it was written and judged as a change to that one.
    package var on: Int { row.number - 1 }

    func refused(by: String, reason: String, at: Instant) -> Proposal {
        var refused = self
        refused.refusal = Refusal(by: by, reason: reason, at: at)
        refused.row.files = []
        return refused
    }
}

/// Whether two names mean one person: blanks around them, what nobody sees and capitals make no difference.
func isSamePerson(_ left: String, _ right: String) -> Bool { plainName(left) == plainName(right) }

/// A name as it is compared; empty: it names nobody.
func plainName(_ name: String) -> String {
    let visible = String(String.UnicodeScalarView(name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
    return visible.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
}

// MARK: - As the store keeps it

extension StateStore {
    /// The proposal that waits, or the last one that was turned down; nil when neither is there.
    func proposal() throws -> Proposal? { try setting(Proposal.setting).flatMap(Proposal.init(text:)) }
}

extension Proposal {
    static let setting = "publishing.proposal"

    var text: String {
        var object: JSONObject = [
            "number": .int(Int64(row.number)), "digest": .string(row.digest), "at": .int(row.at.milliseconds),
            "by": .string(row.by), "reason": .string(row.reason),
            "files": .string(String(decoding: row.files, as: UTF8.self)),
        ]
        if let refusal {
            object["refusal"] = [
                "by": .string(refusal.by), "reason": .string(refusal.reason), "at": .int(refusal.at.milliseconds),
            ]
        }
        return JSON.object(object).text
    }

    /// nil: no proposal is written there.
    init?(text: String) {
        var limits = JSONReader.Limits()
        limits.stringBytes = Self.filesBytesMax
        guard case .success(.object(let object)) = JSONReader.read(Array(text.utf8), limits: limits),
            let number = object["number"]?.int.flatMap({ Int(exactly: $0) }), let digest = object["digest"]?.string,
            let at = object["at"]?.int, let by = object["by"]?.string, let reason = object["reason"]?.string,
            let files = object["files"]?.string
        else { return nil }
        row = ProgrammeRow(
            number: number, digest: digest, at: Instant(milliseconds: at), by: by, reason: reason, files: Array(files.utf8))
        refusal = object["refusal"]?.object.flatMap(Refusal.init)
    }

    /// A folder's files and the catalogue's, written as JSON: many times what a programme needs.
    private static let filesBytesMax = 64 << 20
}

extension Proposal.Refusal {
    fileprivate init?(_ object: JSONObject) {
        guard let by = object["by"]?.string, let reason = object["reason"]?.string, let at = object["at"]?.int
        else { return nil }
        self.init(by: by, reason: reason, at: Instant(milliseconds: at))
    }
}
