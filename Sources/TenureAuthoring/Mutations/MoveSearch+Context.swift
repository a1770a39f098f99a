import TenureProgramme

extension MoveSearch {
    /// Where the walk is: which definition, which key, and which metric a number would be compared with.
    struct Context {
        let section: Section
        /// The definition, and what is defined inside it: a play and its step, a group and its component.
        private(set) var ids: [String] = []
        private(set) var key = ""
        private var parents: [String] = []
        private var metric: String?
        /// Where numbers are compared with how many accounts there are.
        private var isCount = false
        private var index: Int?

        init(_ section: Section) {
            self.section = section
            key = section.rawValue
        }

        var owner: String {
            let kind = section.kind?.rawValue ?? section.rawValue
            return ids.isEmpty ? kind : kind + " " + ids.joined(separator: section == .plays ? "/" : ".")
        }

        var isHours: Bool { parents.last == "hours" }

        func under(_ key: String) -> Context {
            var inner = self
            inner.parents.append(self.key)
            // Which accounts are counted is decided by their metric.
            if key == "count" { inner.isCount = false }
            (inner.key, inner.index) = (key, nil)
            return inner
        }

        func inside(_ index: Int) -> Context {
            var inner = self
            inner.index = index
            return inner
        }

        func entering(_ map: MapNode) -> Context {
            var inner = self
            if let id = (map["id"] ?? map["type"])?.scalar?.text { inner.ids.append(id) }
            if let metric = (map["metric"] ?? map["of"])?.scalar?.text { inner.metric = metric }
            if section == .kpis, map["count"] != nil { inner.isCount = true }
            return inner
        }

        /// Whether what lies between whole numbers means something here: points, shares, and whatever is compared with
        /// a metric that is not counted.
        func isMeasured(_ whole: WholeMetrics) -> Bool {
            let isCounted = isCount || (metric.map { whole.areWhole([$0]) } ?? false)
            switch key {
            case "points", "scale", "fraction", "significance_min": return true
            case "linear": return index == 1 || !isCounted
            case "above", "at_least", "below", "base_min", "difference_min": return !isCounted
            case "at_most" where section == .kpis: return !isCounted
            case "at_most": return parents.contains("steps") && !isCounted
            case "within": return !isCounted
            case _: return parents.last == "grade"
            }
        }
    }
}
