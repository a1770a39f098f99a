import HTTPTypes
import TenureRuntime

enum AppearancePages {
    static let routes: [Route] = [
        .page(Links.appearance) { call, visitor in
            _ = try call.query(allowing: [])
            let shell = try await Shell("Appearance", visitor, call.house)
            return try Templates.page("appearance", AppearancePage(shell: shell, visitor))
        },
        .form(Links.appearance) { _, _, fields in
            let chosen = fields["appearance"].flatMap { Appearance(rawValue: $0) }
            return Answer.seeOther(Links.appearance).adding(.setCookie, Appearance.cookie(chosen))
        },
    ]
}

/// The choice between day and night.
struct AppearancePage {
    let shell: Shell
    let formToken: String
    let choices: [Choice]

    struct Choice {
        let id: String
        let title: String
        let isCurrent: Bool
    }
}

extension AppearancePage {
    init(shell: Shell, _ visitor: Visitor) {
        let now = visitor.appearance
        self.shell = shell
        formToken = visitor.session.formToken
        choices = [
            Choice(id: "device", title: "As the device has it", isCurrent: now == nil),
            Choice(id: Appearance.light.rawValue, title: "Light", isCurrent: now == .light),
            Choice(id: Appearance.dark.rawValue, title: "Dark", isCurrent: now == .dark),
        ]
    }
}
