/// What something adds, to the right of the middle, or takes away, to the left of it.
struct SignedBar {
    /// Of 100.
    let x: Int
    let width: Int
    /// Class of the stylesheet: `gain`, `loss`.
    let tone: String

    /// One for each value; the largest of them fills its half.
    static func all(_ values: [Int64]) -> [SignedBar] {
        let scale = ChartScale(low: 0, high: Double(values.map(\.magnitude).max() ?? 0), pixels: 50)
        return values.map { value in
            // What is not nothing can be seen.
            let width = value == 0 ? 0 : max(1, scale.across(Double(value.magnitude)))
            return SignedBar(x: value < 0 ? 50 - width : 50, width: width, tone: value < 0 ? "loss" : "gain")
        }
    }
}
