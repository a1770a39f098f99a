/// How much less a day counts the longer it is over.
enum Decay {
    /// By age in whole days, from 0 to `days`: 1 today, a half after each half-life. Found by halving and multiplying alone,
    /// so that every machine has the same.
    static func factors(halfLife: Int, days: Int) -> [Double] {
        let daily = root(max(1, halfLife))
        var factors = [1.0]
        for age in stride(from: 1, through: max(0, days), by: 1) {
            factors.append(age % max(1, halfLife) == 0 ? power(0.5, age / max(1, halfLife)) : factors[age - 1] * daily)
        }
        return factors
    }

    /// The number whose power is a half.
    private static func root(_ exponent: Int) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if power(middle, exponent) > 0.5 { high = middle } else { low = middle }
        }
        return low
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
