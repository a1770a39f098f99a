import TenureCore

extension Form {
    static let programme = Form(
        "programme", "Which programme this is. One file of the folder has it.",
        [
            .must("id", .shaped(.id), "The programme's id.", examples: ["acme"]),
            .must("title", .text, "What people see.", examples: ["Acme"]),
            .must("version", .whole(1...1_000_000), "Count it up with every change that you publish.", examples: [1]),
            .may(
                "extends", .choice(["catalogue"]),
                "Builds on the built-in vocabulary of events, entities, metrics and messages.",
                default: "only what the folder defines"),
            .may("day_one", .whole(0...1), "Whether an anchor's own day counts as day 0 or as day 1.", default: "0"),
            .must(
                "time_zone", .shaped(.zone), "The zone of accounts that name none.", examples: ["Europe/Rome", "UTC"]),
            .may("currency", .shaped(.currency), "What money fields are in.", default: "USD", examples: ["EUR"]),
            .may(
                "revenue", .form(.revenue), "How recurring revenue is counted.",
                default: "by the account's field `arr`", examples: [["from": "subscriptions"]]),
            .may(
                "roll_ups", .list(.form(.rollUp)), "What an account shows for itself and the accounts below it.",
                default: "nothing"),
            .may(
                "publishing", .form(publishing), "What the next version needs before it is published.",
                default: "nothing", examples: [["approval": "required"]]),
            .requirements,
        ])

    static let publishing = Form(
        "publishing", "What the next version needs before it is published. The version that runs decides.",
        [
            .must(
                "approval", .choice(of: PublishingApproval.self),
                "Whether another person than the one who proposes a version must approve it.", examples: ["required"])
        ])

    static let calendar = Form(
        "calendar", "When people work: what `2bd` and `8bh` are counted by.",
        [
            .must("id", .shaped(.id), "What plays name it by.", examples: ["business"]),
            .must(
                "time_zone", .shaped(.zone), "The zone of the hours; `account` takes each account's own.",
                examples: ["account", "Europe/Rome"]),
            .must("hours", .form(week), "The hours of each weekday; a day that is left out is free."),
            .may("holidays", .list(.shaped(.date)), "Days on which nobody works.", examples: [["2026-12-25"]]),
            .requirements,
        ])

    static let week = Form(
        "week", "Business hours by weekday.",
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map {
            .may($0, .shaped(.hours), "One stretch or several.", default: "free", examples: ["09:00-17:00"])
        })

    static let role = Form(
        "role", "Who does things: named on each account, or one for the whole workspace.",
        [
            .must("id", .shaped(.id), "What plays and messages name it by.", examples: ["csm"]),
            .must("title", .text, "What people see.", examples: ["Customer Success Manager"]),
            .may("team", .flag, "One for the workspace instead of one on each account.", default: "false"),
            .requirements,
        ])

    static let tier = Form(
        "tier", "A plan that you sell.",
        [
            .must("id", .shaped(.id), "What accounts name it by.", examples: ["professional"]),
            .must("title", .text, "What people see.", examples: ["Professional"]),
            .requirements,
        ])

    static let segment = Form(
        "segment", "A group of accounts. An account is in the first segment whose condition holds.",
        [
            .must("id", .shaped(.id), "What conditions compare `account.segment` with.", examples: ["enterprise"]),
            .must("title", .text, "What people see.", examples: ["Enterprise"]),
            .must("when", .condition(.truth), "Over the account's fields.", examples: ["account.arr >= 100000.0"]),
            .requirements,
        ])

    static let accountField = Form(
        "account_field", noun: "account field",
        "A field of every account beside those that always exist.",
        [
            .must("id", .shaped(.fieldID), "Read in conditions as `account.<id>`.", examples: ["plan_units"]),
            .must("title", .text, "What people see.", examples: ["Units in the plan"]),
            .must("type", .choice(of: AccountFieldType.self), "What it holds."),
            .may("choices", .list(.text), "With `type: choice`: its values.", examples: [["A", "B"]]),
            .requirements,
        ], rules: choices)

    /// `choices` belong to `type: choice`, and to nothing else.
    static let choices: [Rule] = [
        .when(.init(key: "type", values: ["choice"]), needs: ["choices"]),
        .unless(.init(key: "type", values: ["choice"]), .when(.init(key: "type"), forbids: ["choices"])),
    ]
}

enum PublishingApproval: String, CaseIterable {
    case required
    case notNeeded = "none"
}

enum AccountFieldType: String, CaseIterable { case text, number, whole, money, flag, date, choice }
