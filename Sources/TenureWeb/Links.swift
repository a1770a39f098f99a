import TenureCore
import TenureInsight

/// Every address of the site, as values: templates and documents take them from here.
enum Links {
    static let home = "/"
    static let accounts = "/accounts"
    static let today = "/today"
    static let renewals = "/renewals"
    static let warnings = "/warnings"
    static let signIn = "/sign-in"
    static let signOut = "/sign-out"
    static let metrics = "/metrics"
    static let stylesheet = "/site.css"
    static let icon = "/icon.svg"
    static let appearance = "/appearance"
    static let design = "/design"
    static let workspace = "/workspace"
    static let apiAccounts = "/api/v1/accounts"

    static let portfolio = "/portfolio"

    static func figure(_ id: String) -> String { portfolio + "/revenue/" + PercentCoding.encode(id) }
    static func kpi(_ id: String) -> String { portfolio + "/kpis/" + PercentCoding.encode(id) }
    static func family(_ id: String) -> String { account(id) + "/family" }
    static let figures = portfolio + "/figures"
    static func portfolioFigure(_ id: String) -> String { figures + "/" + PercentCoding.encode(id) }
    static func accountRevenue(_ id: String) -> String { account(id) + "/revenue" }
    static func signIn(token: String) -> String { "/sign-in/" + PercentCoding.encode(token) }
    static func problem(_ code: Problem.Code) -> String { "/problems/" + code.rawValue }
    static func problem(slug: String) -> String { "/problems/" + PercentCoding.encode(slug) }

    static func account(_ id: String) -> String { "/accounts/" + PercentCoding.encode(id) }
    static func days(_ id: String) -> String { account(id) + "/days" }
    static func day(_ id: String, _ day: Day) -> String { days(id) + "/" + day.text }
    /// - Parameter on: the day at whose close it is shown; nil: now.
    static func metric(_ id: String, _ reference: String, on day: Day? = nil) -> String {
        with(account(id) + "/metrics/" + PercentCoding.encode(reference), [("on", day?.text)])
    }
    static func told(_ id: String, _ kind: ToldValue.Kind, _ name: String) -> String {
        account(id) + "/told/" + kind.rawValue + "/" + PercentCoding.encode(name)
    }
    static let script = "/site.js"
    static let search = "/search"
    static let bulk = "/bulk"
    static func batch(_ id: String) -> String { bulk + "/" + PercentCoding.encode(id) }
    static let views = "/views"
    static func viewRemoval(_ id: String) -> String { views + "/" + PercentCoding.encode(id) + "/removal" }
    static let undo = "/undo"
    /// A page that tells of what was just done.
    static func receipt(_ id: String, at page: String, part: String? = nil) -> String {
        with(page, [("receipt", id)]) + (part.map { "#" + $0 } ?? "")
    }
    static let versions = "/versions"
    static func version(_ number: Int) -> String { versions + "#version-\(number)" }
    static let outbox = "/outbox"
    static let withheld = outbox + "/withheld"
    static func message(_ key: String) -> String { outbox + "/" + PercentCoding.encode(key) }
    static func messageHTML(_ key: String) -> String { message(key) + "/html" }
    static let sending = "/sending"
    static let data = "/data"
    static let duplicates = data + "/duplicates"
    static let distinctAccounts = duplicates + "/distinct"
    static func merges(_ id: String) -> String { account(id) + "/merges" }
    static func mergeUndoing(_ id: String) -> String { merges(id) + "/undoing" }
    static func merging(_ id: String, with other: String) -> String { with(account(id) + "/merge", [("with", other)]) }
    static let imports = data + "/imports"
    static func importing(_ id: String) -> String { imports + "/" + PercentCoding.encode(id) }
    static let setUp = "/set-up"
    static let newWorkspace = "/workspaces/new"
    static let settings = "/settings"
    static let keys = settings + "/keys"
    static let sampleData = settings + "/sample-data"

    static let signals = "/signals"
    static func signalEpisodes(_ signal: String, days: Int64) -> String {
        with(signals + "/" + PercentCoding.encode(signal) + "/episodes", [("days", "\(days)")])
    }
    static func signal(_ id: String, _ signal: String) -> String {
        account(id) + "/signals/" + PercentCoding.encode(signal)
    }
    static func completion(_ id: String, play: Int32, step: String, task: Int) -> String {
        account(id) + "/plays/\(play)/steps/\(PercentCoding.encode(step))/tasks/\(task)/completion"
    }

    static func apiAccount(_ id: String) -> String { apiAccounts + "/" + PercentCoding.encode(id) }

    /// A path with a query, leaving out what is empty.
    static func with(_ path: String, _ items: [(String, String?)]) -> String {
        let pairs = items.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\(PercentCoding.encode($0))" }
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}
