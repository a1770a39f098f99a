extension RevenueFigure {
    package var title: String {
        switch self {
        case .arr: "ARR"
        case .arrAtStart: "ARR at the start"
        case .newARR: "New"
        case .expansion: "Expansion"
        case .contraction: "Contraction"
        case .churn: "Churn"
        case .reactivation: "Reactivation"
        case .winback: "Winback"
        case .currencyEffect: "Effect of currencies"
        case .nrr: "Net revenue retention"
        case .grr: "Gross revenue retention"
        case .logoRetention: "Logo retention"
        case .logoChurn: "Logo churn"
        case .grossChurn: "Gross revenue churn"
        case .netChurn: "Net revenue churn"
        case .voluntaryChurn: "Voluntary churn"
        case .involuntaryChurn: "Involuntary churn"
        case .unsaidChurn: "Churn without a reason"
        case .surprise: "Surprise churn"
        case .expansionRate: "Expansion rate"
        case .movedNRR: "NRR by movements"
        case .movedNRRReactivated: "NRR by movements, with reactivation"
        case .movedGRR: "GRR by movements"
        case .chartMogulChurn: "Net MRR churn as ChartMogul has it"
        case .grossRenewal: "Gross renewal rate"
        case .netRenewal: "Net renewal rate"
        }
    }

    /// One sentence for who asks what the number means.
    package var meaning: String {
        switch self {
        case .arr: "What accounts pay a year when the period ends, at the rates of its first day."
        case .arrAtStart: "What accounts pay a year when the period begins."
        case .newARR: "From accounts that had never paid before."
        case .expansion: "Accounts that pay more than the day before."
        case .contraction: "Accounts that pay less than the day before, but not nothing."
        case .churn: "Accounts that pay nothing any more."
        case .reactivation: "Accounts that left in the period and pay again."
        case .winback: "Accounts that had left before the period and pay again; in no rate."
        case .currencyEffect: "What the rates of the period's last day would add to the ARR."
        case .nrr: "What the cohort pays at the end, of what it paid at the start."
        case .grr: "The same, with no account above what it paid at the start."
        case .logoRetention: "Accounts of the cohort that still pay."
        case .logoChurn: "Accounts of the cohort that pay nothing any more."
        case .grossChurn: "What is missing from gross revenue retention to 100 %."
        case .netChurn: "What is missing from net revenue retention to 100 %."
        case .voluntaryChurn: "ARR of those who left because they wanted to."
        case .involuntaryChurn: "ARR of those who left because a payment failed."
        case .unsaidChurn: "ARR of those who left, and no fact says why."
        case .surprise: "Of those who left, how many without an open alert in the 90 days before their notice."
        case .expansionRate: "Accounts of the cohort with at least one expansion."
        case .movedNRR: "Start, expansion, contraction and churn of the cohort, without what came back."
        case .movedNRRReactivated: "The same with what came back."
        case .movedGRR: "Start, contraction and churn of the cohort."
        case .chartMogulChurn: "Churn and contraction less expansion and all reactivation, winbacks included."
        case .grossRenewal: "Of contracts due in the period, what was renewed, none above its old value."
        case .netRenewal: "Of contracts due in the period, what they were renewed at."
        }
    }
}
