import TenureCore
import TenureInsight
import TenureRuntime
import TenureStore

/// What needs one person now.
enum TodayPages {
    static let routes: [Route] = [
        .page(Links.today) { call, visitor in
            let query = try call.query(allowing: ["person"])
            let look = try await TodayLook(visitor, person: query.filled("person"))
            return try Templates.page("today", TodayPage(try await Shell("Today", visitor, call.house), visitor, look))
        },
        .form(Links.today + "/seen") { _, visitor, fields in
            let name = TodayLook.setting(visitor.session.teammate)
            try await visitor.workspace.write { $0.settings.append((name: name, value: $0.now.text)) }
            return .seeOther(Links.with(Links.today, [("person", fields["person"])]))
        },
    ]
}
