extension PortfolioFigure {
    /// In the order in which they are shown.
    package static let all: [PortfolioFigure] = use + onboarding + voice + support + plays

    /// nil: there is none of this id.
    package static func named(_ id: String) -> PortfolioFigure? { all.first { $0.id == id } }

    private static let use = [
        PortfolioFigure(
            id: "accounts.active_weekly", title: "Active this week",
            meaning: "Accounts of which somebody was active, of those that were ever in use.",
            formula: "accounts with an active member ÷ accounts that were ever in use", window: "7 whole days and today",
            unit: .percent, requirements: ["CRE-74"], source: .activeWeekly),
        PortfolioFigure(
            id: "features.advanced_adopters", title: "Use advanced features",
            meaning: "Accounts that used a feature that the programme calls advanced, of those that were ever in use.",
            formula: "accounts with a use of an advanced feature ÷ accounts that were ever in use",
            window: "30 whole days and today", unit: .percent, requirements: ["CRE-76"], source: .advancedAdopters),
    ]

    private static let onboarding = [
        PortfolioFigure(
            id: "onb.ttfv", title: "Median time to first value",
            meaning: "After so many days half of the accounts had reached first value; those that have not are counted as waiting.",
            formula: "Kaplan–Meier median of onb.ttfv; who waits leaves after the days it has waited",
            window: "the whole life of the accounts", unit: .days, requirements: ["CRE-71", "OPS-82"], source: .median("onb.ttfv")),
        PortfolioFigure(
            id: "onb.activation_rate", title: "Activated",
            meaning: "Accounts that have reached first value, of those of which that is known.",
            formula: "accounts with onb.activated ÷ accounts of which it is known", window: "the whole life of the accounts",
            unit: .percent, requirements: [], source: .having("onb.activated")),
        PortfolioFigure(
            id: "onb.completion_rate", title: "In production",
            meaning: "Accounts with a deployment to production, of those of which that is known.",
            formula: "accounts with deploy.production_live ÷ accounts of which it is known",
            window: "the whole life of the accounts", unit: .percent, requirements: ["CRE-72"],
            source: .having("deploy.production_live")),
    ]

    private static let voice = [
        PortfolioFigure(
            id: "nps", title: "NPS", meaning: "Promoters minus detractors in percent, over the newest answer of every contact.",
            formula: "100 × (promoters − detractors) ÷ answers, over all accounts together, rounded", window: "90 whole days and today",
            unit: .score, requirements: ["CRE-78", "AUT-105"], source: .pooled("nps.90d")),
        PortfolioFigure(
            id: "pmf", title: "Product-market fit",
            meaning: "Contacts that would be very disappointed without the product, of those that use it.",
            formula: "very ÷ (very + somewhat + not), the newest answer of every contact, over all accounts together",
            window: "90 whole days and today", unit: .percent, requirements: ["CRE-79"], source: .pooled("pmf.90d")),
        PortfolioFigure(
            id: "csat_t2b", title: "Satisfied", meaning: "Contacts whose newest answer is 4 or 5, of all that answered.",
            formula: "answers of 4 and 5 ÷ answers, over all accounts together", window: "90 whole days and today", unit: .percent,
            requirements: [], source: .pooled("csat_t2b.90d")),
        PortfolioFigure(
            id: "case_studies.agreed", title: "Case studies", meaning: "Agreements to a case study.",
            formula: "Σ case_studies.agreed", window: "the whole life of the accounts", unit: .count, requirements: ["CRE-81"],
            source: .sum("case_studies.agreed.lifetime")),
        PortfolioFigure(
            id: "reference.willing", title: "References", meaning: "Agreements to be a reference.",
            formula: "Σ reference.willing", window: "the whole life of the accounts", unit: .count, requirements: ["CRE-82"],
            source: .sum("reference.willing.lifetime")),
        PortfolioFigure(
            id: "expansion.request_rate", title: "Ask for more",
            meaning: "Accounts that asked for more features or capacity, of those of which that is known.",
            formula: "accounts with expansion.requests ÷ accounts of which it is known",
            window: "the whole life of the accounts", unit: .percent, requirements: ["CRE-80"],
            source: .having("expansion.requests.lifetime")),
    ]

    private static let support = [
        PortfolioFigure(
            id: "support.reply_sla", title: "First replies in time", meaning: "First replies within their target, of all that ended.",
            formula: "replies in time ÷ replies that ended, over all accounts together", window: "30 whole days and today",
            unit: .percent, requirements: ["OPS-80"], source: .pooled("support.reply_sla.30d")),
        PortfolioFigure(
            id: "support.resolve_sla", title: "Resolutions in time", meaning: "Resolutions within their target, of all that ended.",
            formula: "resolutions in time ÷ resolutions that ended, over all accounts together", window: "30 whole days and today",
            unit: .percent, requirements: ["OPS-80"], source: .pooled("support.resolve_sla.30d")),
        PortfolioFigure(
            id: "support.fcr", title: "Solved at first contact", meaning: "Tickets solved at the first contact, of all that were resolved.",
            formula: "solved at first contact ÷ resolved, over all accounts together", window: "30 whole days and today",
            unit: .percent, requirements: [], source: .pooled("support.fcr.30d")),
        PortfolioFigure(
            id: "support.deflection", title: "Deflection", meaning: "Problems that people solved without a ticket, of those and the tickets.",
            formula: "bot.resolved ÷ (bot.resolved + tickets.opened), over all accounts together", window: "30 whole days and today",
            unit: .percent, requirements: ["OPS-82"], source: .portion("bot.resolved.30d", andOther: "tickets.opened.30d")),
    ]

    private static let plays = [
        PortfolioFigure(
            id: "plays.in_progress", title: "Plays in progress", meaning: "Plays that run now.", formula: "number of running plays",
            window: "now", unit: .count, requirements: ["CRE-84"], source: .plays(.running, of: nil)),
        PortfolioFigure(
            id: "plays.completion_rate", title: "Plays completed",
            meaning: "Plays of which every required step was done, of those that began in the last year; those that still run are among them.",
            formula: "completed ÷ begun", window: "begun in the last 366 days", unit: .percent, requirements: [],
            source: .plays(.completed, of: nil)),
        PortfolioFigure(
            id: "step.sla_attainment", title: "Steps in time",
            meaning: "Steps that were done by their date, of those done and those that are overdue.",
            formula: "done in time ÷ (done + overdue)", window: "done or due in the last 90 days", unit: .percent, requirements: [],
            source: .plays(.stepsInTime, of: nil)),
    ]
}
