package import TenureCore

/// What an account's page showed at the end of a local day.
package struct DailyRow: Hashable, Sendable {
    package var account: AccountID
    package var day: Day
    /// nil: insufficient data.
    package var score: Int?
    package var band: String?
    /// The whole health reading of that moment in binary form: components, contributions, caps, model
    /// version.
    package var bytes: [UInt8]
    /// nil: closed by a version of the product that did not keep it.
    package var close: Close?

    /// How and with which metrics the day was closed.
    package struct Close: Hashable, Sendable {
        /// Local midnight after the day.
        package var at: Instant
        /// Of the block with which it was closed.
        package var position: UInt64
        /// Number of the layout that names the metrics.
        package var layout: Int
        /// Every metric of that moment in binary form.
        package var metrics: [UInt8]

        package init(at: Instant, position: UInt64, layout: Int, metrics: [UInt8]) {
            self.at = at
            self.position = position
            self.layout = layout
            self.metrics = metrics
        }
    }

    package init(
        account: AccountID, day: Day, score: Int?, band: String?, bytes: [UInt8], close: Close? = nil
    ) {
        self.account = account
        self.day = day
        self.score = score
        self.band = band
        self.bytes = bytes
        self.close = close
    }
}

/// The metrics of a programme's days by their places: said once, and not with every day of every account.
package struct MetricLayout: Hashable, Sendable {
    package var number: Int
    /// `users.active.7d`, in the order of the values.
    package var names: [String]

    package init(number: Int, names: [String]) {
        self.number = number
        self.names = names
    }
}
