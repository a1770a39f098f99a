import TenureCore

/// How many bytes of an account's saved state each part of it takes.
package struct StateSizes: Sendable {
    package enum Part: String, CaseIterable, Sendable {
        /// 64 days of each member's use.
        case members
        /// Tickets, invoices, contracts and the like.
        case entities
        /// What was said of recurring revenue.
        case revenue
        /// What events add up to by day.
        case sums
        /// Uses of each feature by day.
        case features
        /// Quantiles.
        case sketches
        /// Values told apart, and the newest of each.
        case distinct
        case health, signals, plays, clocks
        /// Fields, people, judgements and what else is kept once.
        case records
    }

    package let total: Int
    package let byPart: [Part: Int]

    package init(_ state: AccountState) {
        let (observed, concluded) = (state.observations, state.conclusions)
        var sizes: [Part: Int] = [
            .members: Self.size { $0.write(observed.members) },
            .entities: Self.size { $0.write(observed.entities) },
            .revenue: Self.size { $0.write(observed.revenue) },
            .sums: Self.size { $0.write(list: observed.rings) { $0.write($1) } },
            .features: Self.size { $0.write(list: observed.features) { $0.write($1) } },
            .sketches: Self.size { $0.write(list: observed.sketches) { $0.write($1) } },
            .distinct: Self.size {
                $0.write(list: observed.distincts) { $0.write($1) }
                $0.write(list: observed.newestOfEach) { $0.write($1) }
            },
            .health: Self.size { $0.write(concluded.health) },
            .signals: Self.size { $0.write(list: concluded.signals) { $0.write($1) } },
            .plays: Self.size { $0.write(list: concluded.plays) { $0.write($1) } },
            .clocks: Self.size { $0.write(concluded.clocks) },
        ]
        total = state.bytes.count
        sizes[.records] = total - sizes.values.reduce(0, +)
        byPart = sizes
    }

    private static func size(_ body: (inout ByteWriter) -> Void) -> Int {
        var writer = ByteWriter()
        body(&writer)
        return writer.bytes.count
    }
}
