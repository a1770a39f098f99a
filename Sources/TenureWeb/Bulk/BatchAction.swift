import TenureCore
import TenureProgramme

extension Batch.Action {
    /// The same command that one account is given.
    var command: (Command, JSONObject, parameters: [String: String]) {
        switch self {
        case .handOver(let role, let person): (.assignOwner, ["person": .string(person)], ["role": role])
        case .start(let play): (.startPlay, ["play": .string(play), FactField.heedsRules: true], [:])
        }
    }

    /// `Start: Invite users`, `Hand over as Customer Success Manager to Ada`.
    func title(_ programme: Programme, _ team: Team) -> String {
        switch self {
        case .handOver(let role, let person):
            "Hand over to \(team.name(person)) as \(programme.roles.first { $0.id == role }?.title ?? role)"
        case .start(let play): "Start: \(programme.plays.first { $0.id == play }?.title ?? play)"
        }
    }
}

extension Batch {
    func told(of count: Int, _ programme: Programme, _ team: Team) -> String {
        "\(action.title(programme, team)), for \(Wording.plural(count, "account", "accounts"))."
    }
}
