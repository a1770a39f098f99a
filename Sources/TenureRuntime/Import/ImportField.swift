import TenureCore
package import TenureEngine
import TenureProgramme

/// Something that a column may hold.
package struct ImportField: Hashable, Sendable {
    /// As the documents call the column.
    package var id: String
    package var title: String
    /// Other names that people give it, as letters and digits.
    var otherNames: [String]

    init(_ id: String, _ title: String, _ otherNames: [String] = []) {
        self.id = id
        self.title = title
        self.otherNames = otherNames
    }

    /// All that a file of the kind may hold under a programme, what is needed first.
    package static func all(_ kind: ImportKind, _ programme: CompiledProgramme) -> [ImportField] {
        switch kind {
        case .accounts: accounts(programme.programme)
        case .contacts:
            [
                account, ImportField("email", "E-mail", ["mail", "emailaddress"]),
                ImportField("name", "Name of the person", ["fullname", "contact", "contactname", "person"]),
                ImportField("role", "Role", ["title", "position", "jobtitle", "function"]),
                ImportField("id", "Id of the person", ["contactid", "personid", "contactkey"]),
            ]
        case .contracts:
            [
                account,
                ImportField(
                    "id", "Id of the contract",
                    ["contractid", "contractno", "contractnumber", "subscriptionid"]),
            ]
                + term + [arr, seats]
        case .events: events(programme.programme)
        }
    }

    private static let account = ImportField(
        "account", "Account",
        [
            "accountid", "accountref", "customer", "customerid", "customerno", "company", "companyid", "org",
            "orgid", "organisation",
            "organization", "client", "clientid", "tenant", "tenantid", "workspaceid", "crmid",
        ])

    private static let arr = ImportField(
        "arr", "Annual recurring revenue",
        [
            "annualrevenue", "acv", "annualvalue", "contractvalue", "revenue", "yearlyrevenue",
            "annualcontractvalue",
        ])
    private static let seats = ImportField(
        "seats", "Seats", ["licences", "licenses", "licencecount", "users", "quantity"])
    private static let customerSince = ImportField(
        "customer_since", "Customer since",
        ["clientsince", "firstsigned", "firstcontract", "firstcontractdate", "wondate", "closedate", "becamecustomer"])
    private static let term = [
        ImportField(
            "term_start", "Start of term",
            ["start", "startdate", "contractstart", "begins", "from", "signed"]),
        ImportField(
            "term_end", "End of term",
            [
                "end", "enddate", "contractend", "renewal", "renewaldate", "renewson", "ends", "until",
                "expires",
            ]),
        ImportField("notice_by", "Notice by", ["noticedate", "noticedeadline", "cancelby", "noticeuntil"]),
    ]

    private static func accounts(_ programme: Programme) -> [ImportField] {
        let first = [
            ImportField(
                "id", "Id of the account",
                account.otherNames + [
                    "account", "key", "externalid", "accountnumber", "number", "accountkey",
                ]),
            ImportField(
                "name", "Name of the account",
                [
                    "accountname", "companyname", "customername", "company", "customer", "organisationname",
                    "organizationname", "client",
                ]),
            ImportField("tier", "Tier", ["plan", "package", "edition", "product"]),
            ImportField("segment", "Segment", ["size", "sector"]),
        ]
        let known =
            first + [arr, seats, customerSince] + term + [
                ImportField("time_zone", "Time zone", ["tz"]),
                ImportField("parent", "Parent account", ["parentid", "parentaccount", "group"]),
            ]
        let roles = programme.roles.filter { !$0.isTeamWide }.map {
            ImportField($0.id, $0.title, ["owner", "accountowner", "accountmanager", "csm"])
        }
        let own = programme.accountFields.map { ImportField($0.id, $0.title) }
        return known + roles + own.filter { field in !(known + roles).contains { isSame($0.id, field.id) } }
    }

    private static let fieldsMax = 200

    private static func events(_ programme: Programme) -> [ImportField] {
        let first = [
            account,
            ImportField(
                "time", "When it happened",
                [
                    "timestamp", "date", "datetime", "when", "occurredat", "occurred", "at", "createdat",
                    "created", "day",
                ]),
            ImportField(
                "type", "What happened",
                ["event", "eventtype", "eventname", "activity", "action", "kind", "what"]),
            ImportField(
                "user", "Who did it (login)",
                ["userid", "login", "member", "username", "useremail", "email", "actor", "who"]),
            ImportField("id", "Id of the event", ["eventid", "messageid", "uuid"]),
        ]
        var seen = Set(first.map(\.id))
        let others = programme.events.flatMap { event in event.fields.map { ($0.id, event.title) } }.filter {
            seen.insert($0.0).inserted
        }
        return first + others.prefix(fieldsMax).map { ImportField($0.0, "\($0.0) (\($0.1))") }
    }
}
