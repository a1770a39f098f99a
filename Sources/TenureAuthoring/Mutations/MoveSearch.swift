import TenureCore
import TenureProgramme

/// Walks through the definitions of a folder, and through those of the catalogue that it uses, and lists every way in
/// which a number could be moved.
struct MoveSearch {
    private(set) var found: [Move] = []
    private let whole: WholeMetrics
    /// Every text of both, tests included, for windows are named in many places.
    private let texts: [(isOwn: Bool, path: NodePath, text: String)]
    /// The texts of the catalogue's used metrics: a window that only an unused one names is not computed.
    private let named: [String]
    private var isOwn = true

    /// Words, checks, names and the tests themselves: no number in them decides anything.
    private static let skipped: Set<String> = [
        "id", "type", "title", "meaning", "unit", "better", "description", "impact", "mitigation", "actions", "colour", "tone",
        "action", "version", "requirements", "tasks", "subject", "choices", "segment", "show", "tests",
    ]
    private static let conditions: Set<String> = ["when", "clear", "value", "expression", "done_when", "ends_when"]

    /// `used` are the metrics that the programme keeps; the catalogue's others are no part of it.
    init(_ folder: ParsedFolder, _ base: ParsedFolder?, used: Set<String>) {
        let own = folder.metrics
        let shared = base?.metrics ?? [:]
        whole = WholeMetrics(shared.merging(own) { _, mine in mine })
        texts = folder.texts(isOwn: true) + (base?.texts(isOwn: false) ?? [])
        named = (base?.metrics ?? [:]).filter { used.contains($0.key) && own[$0.key] == nil }.values.flatMap(\.texts)
        search(folder) { _ in true }
        isOwn = false
        if let base { search(base) { used.contains($0) && own[$0] == nil } }
    }

    private mutating func search(_ folder: ParsedFolder, _ isUsed: (String) -> Bool) {
        for (index, file) in folder.files.enumerated() {
            for (number, entry) in (file.root?.map?.entries ?? []).enumerated() {
                guard let section = Section(rawValue: entry.key.text), !Self.skipped.contains(entry.key.text) else { continue }
                let path = NodePath(file: index, indices: [number])
                if section == .metrics { searchMetrics(entry.value, path, isUsed) } else { search(entry.value, Context(section), path) }
            }
        }
    }

    private mutating func searchMetrics(_ node: Node, _ path: NodePath, _ isUsed: (String) -> Bool) {
        for (index, item) in (node.list?.items ?? []).enumerated() {
            guard let id = item.map?["id"]?.scalar?.text, isUsed(id) else { continue }
            search(item, Context(.metrics), path.child(index))
        }
    }

    private mutating func search(_ node: Node, _ context: Context, _ path: NodePath) {
        switch node {
        case .scalar(let scalar): add(scalar, context, path)
        case .list(let list):
            for (index, item) in list.items.enumerated() { search(item, context.inside(index), path.child(index)) }
        case .map(let map):
            let here = context.entering(map)
            for (index, entry) in map.entries.enumerated() where !Self.skipped.contains(entry.key.text) {
                search(entry.value, here.under(entry.key.text), path.child(index))
            }
        }
    }

    private mutating func add(_ scalar: Scalar, _ context: Context, _ path: NodePath) {
        let key = context.key
        if Self.conditions.contains(key), scalar.style != .plain { return addCondition(scalar, context, path) }
        if key == "windows" { return addWindow(scalar, context, path) }
        if context.isHours { return addHours(scalar, context, path) }
        let isNumber = scalar.style == .plain && PlainNumber.double(scalar.text) != nil
        let steps: [String] =
            if isNumber {
                context.isMeasured(whole) ? NumberSteps.measured(scalar.text) : NumberSteps.whole(scalar.text)
            } else if key == "holidays" { NumberSteps.date(scalar.text) } else { NumberSteps.span(scalar.text) }
        for step in steps { add(scalar.place, context, scalar.text, step, [(isOwn, path, step)]) }
    }

    private mutating func addCondition(_ scalar: Scalar, _ context: Context, _ path: NodePath) {
        let scan = NumberScan(scalar.text)
        for number in scan.found {
            let isMeasured = number.text.contains(".") && !whole.isWhole(clause: number.clause)
            var place = scalar.place
            // Quoted on one line; a block's numbers are shown where the block begins.
            if scalar.style != .folded, scalar.style != .literal { place.column += 1 + number.range.lowerBound }
            place.length = number.text.utf8.count
            for step in isMeasured ? NumberSteps.measured(number.text) : NumberSteps.whole(number.text) {
                add(place, context, number.text, step, [(isOwn, path, scan.replacing(number, with: step))])
            }
        }
    }

    private mutating func addHours(_ scalar: Scalar, _ context: Context, _ path: NodePath) {
        for step in NumberSteps.hours(scalar.text) {
            add(scalar.place, context, step.from, step.to, [(isOwn, path, step.whole)])
        }
    }

    /// The window and everything that names it move together; one that nobody names is not computed.
    private mutating func addWindow(_ scalar: Scalar, _ context: Context, _ path: NodePath) {
        guard windowDays(scalar.text) ?? 0 > 0, let metric = context.ids.first else { return }
        let name = "\(metric).\(scalar.text)"
        let mentions = texts.filter { $0.text.mentions(name) }
        guard mentions.contains(where: \.isOwn) || named.contains(where: { $0.mentions(name) }) else { return }
        for step in NumberSteps.span(scalar.text) {
            let renamed = mentions.map { ($0.isOwn, $0.path, $0.text.renaming(name, "\(metric).\(step)")) }
            add(scalar.place, context, scalar.text, step, renamed + [(isOwn, path, step)])
        }
    }

    private mutating func add(_ place: Place, _ context: Context, _ from: String, _ to: String, _ edits: [(Bool, NodePath, String)]) {
        found.append(
            Move(
                owner: context.owner, definition: context.ids.first ?? context.section.rawValue, key: context.key, place: place,
                from: from, to: to, edits: edits.map { Move.Edit(isOwn: $0.0, path: $0.1, text: $0.2) }))
    }
}
