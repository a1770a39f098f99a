package import TenureStore

/// A workspace whose customers are simulated, such as the demo's.
package enum SampleData {
    /// What the simulation follows from; only a simulated workspace has it.
    package static let seedSetting = "demo.seed"

    package static func isIn(_ store: any StateStore) throws -> Bool { try store.setting(seedSetting) != nil }
}
