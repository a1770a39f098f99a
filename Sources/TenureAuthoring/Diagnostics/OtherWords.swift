/// Words that other products and formats use for what a key of ours says.
enum OtherWords {
    /// The key that is meant, where the definition has it.
    static func meant(_ wrong: String, among keys: [String]) -> [String] {
        let word = wrong.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        return (known[word] ?? []).filter { keys.contains($0) }
    }

    static func hint(_ wrong: String, among keys: [String]) -> String? {
        let meant = meant(wrong, among: keys)
        return meant.isEmpty ? nil : "here it is called \(listed(meant))"
    }

    private static let known: [String: [String]] = [
        "name": ["title", "id", "type"], "label": ["title"], "key": ["id"], "color": ["colour"],
        "timezone": ["time_zone"], "tz": ["time_zone"],
        "condition": ["when"], "if": ["when"], "trigger": ["starts_on", "when"], "triggers": ["starts_on"],
        "where": ["when"], "filter": ["when"], "triggeredby": ["starts_on"], "on": ["starts_on"],
        "stage": ["steps"], "stages": ["steps"], "actions": ["do"], "action": ["do"], "run": ["do"],
        "assignee": ["owner"], "responsible": ["owner"], "dependson": ["after"], "requires": ["after"],
        "needs": ["after"], "deadline": ["due"], "sla": ["due", "respond_within"], "escalations": ["overdue"],
        "escalation": ["overdue"], "reminders": ["overdue"], "interval": ["every"], "times": ["count"],
        "until": ["exits", "clear", "done_when"], "endson": ["exits"], "exit": ["exits"],
        "reason": ["outcome"], "result": ["outcome"], "priority": ["severity"], "level": ["severity"],
        "resolve": ["clear"], "recover": ["clear"], "duration": ["for"], "delay": ["for", "opens", "after"],
        "mute": ["cooldown"], "min": ["from", "at_least"], "max": ["at_most"],
        "threshold": ["from", "at_most"],
        "lower": ["from", "down"], "score": ["points"], "value": ["points"], "formula": ["expression"],
        "calculation": ["expression"], "query": ["expression"], "direction": ["better"],
        "period": ["windows"],
        "window": ["windows"], "help": ["meaning", "description"], "about": ["meaning", "description"],
        "email": ["mail"], "slack": ["chat"], "teams": ["chat"], "template": ["mail", "chat", "message"],
        "recipient": ["to"], "recipients": ["to"], "cc": ["to"], "body": ["subject"],
        "options": ["choices"], "values": ["choices"], "enum": ["choices"], "mandatory": ["required"],
        "fact": ["event"], "assert": ["expect"], "expectations": ["expect"], "given": ["facts"],
        "alerts": ["signals"], "risks": ["signals"], "playbooks": ["plays"], "journeys": ["plays"],
        "workflows": ["plays"], "templates": ["messages"], "emails": ["messages"], "scenarios": ["tests"],
        "integer": ["whole"], "int": ["whole"], "string": ["text"], "boolean": ["flag", "bool"],
        "bool": ["flag"],
        "float": ["number"], "double": ["number"], "decimal": ["number"], "datetime": ["instant", "date"],
        "timestamp": ["instant", "date"], "select": ["choice"], "currency": ["money"], "higher": ["up"],
        "more": ["up"], "less": ["down"], "urgent": ["critical"], "info": ["low"], "internal": ["team"],
        "external": ["customer"], "red": ["critical"], "amber": ["warning"], "yellow": ["warning"],
        "green": ["good"],
        "kpis": ["metrics"], "measures": ["metrics"], "scorecard": ["health"], "fields": ["account_fields"],
        "members": ["contacts"], "team": ["roles"], "owners": ["roles"], "workspace": ["programme"],
    ]
}
