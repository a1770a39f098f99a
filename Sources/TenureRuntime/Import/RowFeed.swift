import Synchronization
import TenureCore

/// The rows of a file in the order in which they are taken, a batch at a time. Past days are lived through in their order,
/// whatever the order of the file: of events the places are sorted by time, and the rows stay in the file.
package final class RowFeed: Sendable {
    package struct Row: Sendable {
        package var line: Int
        package var arrival: Result<Arrival, RowMistake>
    }

    private struct State: Sendable {
        var reader: CSVReader
        /// nil: as the file has them.
        var places: [CSVReader.Place]?
        var next = 0
        var isOver = false
    }

    /// More events than this are split by time before they are brought.
    package static let eventsMax = 5_000_000

    private let rows: RowReading
    private let state: Mutex<State>

    /// Throws `CSVReader.Mistake` where the file has no header, or too many rows.
    package init(_ rows: RowReading, path: String) throws {
        self.rows = rows
        var reader = try CSVReader(path: path)
        _ = try reader.next()
        let places = rows.kind == .events ? try Self.sorted(rows, path) : nil
        state = Mutex(State(reader: reader, places: places))
    }

    /// A row that ends the reading is given where it stands, and refused there.
    private static func sorted(_ rows: RowReading, _ path: String) throws -> [CSVReader.Place] {
        var reader = try CSVReader(path: path)
        _ = try reader.next()
        var timed: [(time: Instant, place: CSVReader.Place)] = []
        while true {
            do {
                guard let cells = try reader.next() else { break }
                timed.append((rows.occurred(cells) ?? Instant(milliseconds: 0), reader.place))
            } catch {
                timed.append((Instant(milliseconds: .max), reader.place))
                break
            }
            guard timed.count <= eventsMax else {
                throw CSVReader.Mistake(line: reader.line, what: "more than \(eventsMax) events")
            }
        }
        timed.sort { ($0.time, $0.place.line) < ($1.time, $1.place.line) }
        return timed.map(\.place)
    }

    /// How much of the file was given.
    package var progress: Double {
        state.withLock { state in
            guard let places = state.places else { return state.reader.progress }
            return places.isEmpty ? 1 : Double(state.next) / Double(places.count)
        }
    }

    /// At most so many rows; none at the end. Blocks.
    package func next(_ count: Int) -> [Row] {
        state.withLock { state in
            var batch: [Row] = []
            while batch.count < count, !state.isOver, let row = Self.row(&state, rows) { batch.append(row) }
            return batch
        }
    }

    private static func row(_ state: inout State, _ rows: RowReading) -> Row? {
        do {
            guard let cells = try cells(&state) else { return nil }
            return Row(line: state.reader.line, arrival: .success(try rows.arrival(cells)))
        } catch let mistake as RowMistake {
            return Row(line: state.reader.line, arrival: .failure(mistake))
        } catch let mistake as CSVReader.Mistake {
            state.isOver = true
            return Row(line: mistake.line, arrival: .failure(RowMistake(what: mistake.what)))
        } catch {
            return Row(line: state.reader.line, arrival: .failure(RowMistake(what: "\(error)")))
        }
    }

    private static func cells(_ state: inout State) throws -> [String]? {
        guard let places = state.places else { return try state.reader.next() }
        guard state.next < places.count else { return nil }
        defer { state.next += 1 }
        return try state.reader.row(at: places[state.next])
    }
}
