import Foundation

/// Files with every column and two rows, for people who would rather fill in than read.
enum VerdictTemplate {
    static func write(into folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, _) in files where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            throw Failure(
                code: "file-exists", what: "\(folder)/\(name) is there already.",
                remedy: "Name a folder without these files.")
        }
        for (name, text) in files {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            print("\(folder)/\(name)")
        }
        print("Fill them from your own systems; recorded_at may stay empty. Then: tenure verdict \(folder)")
    }

    private static let files = [
        (
            "accounts.csv",
            """
            id,name,tier,seats,arr,time_zone,csm,recorded_at
            acme,Acme Tools,enterprise,120,96000,UTC,ada,
            birch,Birch & Sons,professional,40,18000,UTC,ben,

            """
        ),
        (
            "contacts.csv",
            """
            account,id,role,recorded_at
            acme,acme-1,sponsor,
            birch,birch-1,champion,

            """
        ),
        (
            "contracts.csv",
            """
            account,id,term_start,term_end,notice_by,arr,seats,recorded_at
            acme,C-1,2025-02-01,2026-01-31,2025-11-30,90000,110,2025-01-20
            acme,C-2,2026-02-01,2027-01-31,2026-11-30,96000,120,2026-01-12
            birch,C-3,2025-04-01,2026-03-31,2026-01-30,18000,40,

            """
        ),
        (
            "events.csv",
            """
            account,type,time,user,id,system,recorded_at,feature,duration_s,ticket,priority,invoice,status,amount_remaining,due_at
            acme,user.session,2025-06-02T09:14:00Z,u-17,e-1,product,,,1260,,,,,,
            acme,feature.used,2025-06-02T09:20:00Z,u-17,e-2,product,,reports,,,,,,,
            birch,ticket.created,2025-06-03T10:00:00Z,,e-3,desk,2025-06-03T10:00:05Z,,,T-9,critical,,,,
            birch,billing.invoice,2025-06-04T06:00:00Z,,e-4,billing,2025-06-05T02:00:00Z,,,,,I-31,open,1500,2025-07-04T00:00:00Z

            """
        ),
        (
            "churn.csv",
            """
            account,notice,effective,reason,recorded_at
            birch,2026-01-20,2026-03-31,budget,2026-01-22

            """
        ),
    ]
}
