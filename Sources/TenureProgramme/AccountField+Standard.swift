import TenureCore

extension Programme {
    /// Those of every programme, and its own.
    package var everyAccountField: [AccountField] { AccountField.standard + accountFields }

    package func accountField(_ id: String) -> AccountField? { everyAccountField.first { isSame($0.id, id) } }
}

extension AccountField {
    /// The fields that every account has.
    package static let standard: [AccountField] = [
        AccountField(id: "id", title: "Id", kind: .text),
        AccountField(id: "name", title: "Name", kind: .text),
        AccountField(id: "tier", title: "Tier", kind: .text),
        AccountField(id: "segment", title: "Segment", kind: .text),
        AccountField(id: "arr", title: "Annual recurring revenue", kind: .money),
        AccountField(id: "seats", title: "Seats", kind: .whole),
        AccountField(id: "time_zone", title: "Time zone", kind: .text),
        AccountField(id: "customer_since", title: "Customer since", kind: .date),
        AccountField(id: "term_start", title: "Start of term", kind: .date),
        AccountField(id: "term_end", title: "End of term", kind: .date),
        AccountField(id: "notice_by", title: "Notice by", kind: .date),
        AccountField(id: "parent", title: "Parent account", kind: .text),
    ]

    /// Whether it can be added up.
    package var isNumber: Bool {
        switch kind {
        case .number, .whole, .money: true
        case .text, .flag, .date, .choice: false
        }
    }
}
