import TenureCore
import TenureInsight
import TenureProgramme

extension AccountReport {
    /// What lists of the API say of an account.
    var document: JSON {
        [
            "id": .string(id.text), "external_id": .string(externalID), "name": .string(name),
            "tier": JSON(tier), "arr": arr.map { .double($0) } ?? .null, "owner": JSON(owner),
            "score": JSON(score), "band": JSON(band?.id), "coverage": .int(Int64(coverage)),
            "change_7d": JSON(change),
            "open_signals": .int(Int64(openSignals)), "running_plays": .int(Int64(runningPlays)),
            "notice_by": JSON(noticeBy?.text), "term_end": JSON(termEnd?.text),
        ]
    }

    /// What other things of the API say of their account.
    var reference: JSON { WorkDocuments.reference(id, external: externalID, name: name) }
}

extension JSON {
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }
    init(_ number: Int?) { self = number.map { .int(Int64($0)) } ?? .null }
}
