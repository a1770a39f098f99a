import TenureCore

/// Names by number, so that columns hold no texts.
package struct NameNumbers: Sendable {
    package private(set) var names: [String] = []
    private var numbers: [ID<NameNumbers>: Int32] = [:]

    package init() {}

    /// nil: nobody has that name.
    package func number(of name: String) -> Int32? { numbers[ID(name)] }

    mutating func number(adding name: String) -> Int32 {
        if let known = numbers[ID(name)] { return known }
        let number = Int32(clamping: names.count)
        names.append(name)
        numbers[ID(name)] = number
        return number
    }
}
