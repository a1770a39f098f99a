/// What folding one fact changed, as far as anything that is read can tell.
struct Changes: Sendable {
    var aspects: Aspects = []
    /// The fact's type as the programme declares it: it knows the metrics that it feeds.
    var event: EventPlan?
    /// More than can be told apart.
    var isAll = false

    static let none = Changes()
    static let all = Changes(isAll: true)
}
