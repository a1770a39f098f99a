import TenureCore
import TenureEngine
import TenureInsight
import TenureProgramme

/// What people do on an account's page.
struct AccountWork {
    let notice: Notice?
    /// Why the form that came back was not carried out.
    let alert: String?
    let note: FormView
    let handOver: FormView
    let owners: [OwnerLine]
    let pulse: PulseLine?
    let setPulse: FormView
    let flags: [FlagLine]
    let hasFlags: Bool
    let raiseFlag: FormView
    let startPlay: FormView
    let grade: FormView
    let hasJudgements: Bool

    struct OwnerLine {
        let role: String
        /// nil: nobody.
        let person: String?
        let link: String
    }

    /// What somebody thinks of the account, beside the model's score.
    struct PulseLine {
        let points: String
        let link: String
        let author: String
        let given: String
        let reason: String
        /// nil: it holds until the next one.
        let until: String?
        let isOver: Bool
    }

    struct FlagLine {
        let name: String
        let withdraw: FormView
    }
}

/// Makes the forms of one account's page.
struct AccountForms {
    let account: AccountState
    let context: WorkContext
    let returned: ReturnedForm?

    /// - Parameter names: of the command's path, in their order.
    func view(_ form: WorkForm, _ names: [String] = [], of subject: String? = nil) -> FormView {
        var rest = names[...]
        let parts = form.path.split(separator: "/").map { part in
            part.hasPrefix("{") ? PercentCoding.encode(rest.popFirst() ?? "") : String(part)
        }
        let action = Links.account(account.id.text) + "/" + parts.joined(separator: "/")
        return FormView(
            ([form.id] + names).joined(separator: "-"), action: action, button: form.button, of: subject, form.fields,
            context, returned)
    }
}

extension AccountWork {
    init(_ forms: AccountForms, notice: Notice?, _ zone: ZoneRules, at now: Instant) {
        let (account, context) = (forms.account, forms.context)
        self.notice = notice
        alert = forms.returned?.problem.detail
        note = forms.view(.note)
        handOver = forms.view(.handOver)
        owners = context.programme.roles.filter { !$0.isTeamWide }.map { role in
            OwnerLine(
                role: role.title, person: account.observations.profile[role.id]?.string.map(context.team.name),
                link: Links.told(account.id.text, .field, role.id))
        }
        pulse = account.observations.pulse.map { PulseLine($0.value, account.id, context.team, zone, at: now) }
        setPulse = forms.view(.pulse)
        flags = account.observations.flags.rows.filter(\.latest.value).map { row in
            FlagLine(name: row.name, withdraw: forms.view(.withdrawFlag, [row.name], of: row.name))
        }
        hasFlags = !flags.isEmpty
        raiseFlag = forms.view(.raiseFlag)
        startPlay = forms.view(.startPlay)
        grade = forms.view(.grade)
        hasJudgements = grade.fields.contains { !$0.choices.isEmpty }
    }
}

extension AccountWork.PulseLine {
    init(_ grade: Grade, _ account: AccountID, _ team: Team, _ zone: ZoneRules, at now: Instant) {
        points = Wording.number(grade.points)
        link = Links.told(account.text, .judgement, Grade.nameOfPulse)
        author = team.name(grade.author)
        given = Wording.instant(grade.given, zone)
        reason = grade.reason
        until = grade.expires.map { Wording.instant($0, zone) }
        isOver = !grade.isValid(at: now)
    }
}

extension PlayInstance {
    /// What a person may do with the whole play now.
    func steering(_ forms: AccountForms) -> [FormView] {
        guard isRunning else { return [] }
        let number = [String(number)]
        return [forms.view(paused == nil ? .pausePlay : .resumePlay, number), forms.view(.stopPlay, number)]
    }
}
