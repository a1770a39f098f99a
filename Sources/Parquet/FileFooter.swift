/// What the end of a file says of all of it.
struct FileFooter {
    var columns: [ParquetColumn]
    var groups: [RowGroup]
    var rows: Int
    var metadata: [(name: String, text: String)]

    private static let version: Int32 = 2
    private static let creator = "tenure"

    var bytes: [UInt8] {
        var writer = ThriftWriter()
        writer.structure { writer in
            writer.field(1, Self.version)
            writeSchema(&writer)
            writer.field(3, Int64(rows))
            writer.field(4, groups, of: .structure) { writer, group in
                writer.structure { group.write(&$0) }
            }
            if !metadata.isEmpty { writeMetadata(&writer) }
            writer.field(6, Self.creator)
            // Values compare as their kind says: without it nobody believes least and greatest.
            writer.field(7, columns, of: .structure) { writer, _ in
                writer.structure { $0.field(1) { _ in } }
            }
        }
        return writer.bytes
    }

    private func writeSchema(_ writer: inout ThriftWriter) {
        let root: ParquetColumn? = nil
        writer.field(2, [root] + columns, of: .structure) { writer, column in
            writer.structure {
                guard let column else {
                    $0.field(4, "facts")
                    return $0.field(5, Int32(clamping: columns.count))
                }
                column.write(&$0)
            }
        }
    }

    private func writeMetadata(_ writer: inout ThriftWriter) {
        writer.field(5, metadata, of: .structure) { writer, entry in
            writer.structure {
                $0.field(1, entry.name)
                $0.field(2, entry.text)
            }
        }
    }
}

extension ParquetColumn {
    fileprivate func write(_ writer: inout ThriftWriter) {
        writer.field(1, kind.physicalType.rawValue)
        writer.field(3, Int32(isOptional ? 1 : 0))
        writer.field(4, name)
        switch kind {
        case .text:
            writer.field(6, Int32(0))
            writer.field(10) { $0.field(1) { _ in } }
        case .timestamp:
            writer.field(6, Int32(10))
            writer.field(10) { writer in
                writer.field(8) { writer in
                    writer.field(1, true)
                    writer.field(2) { $0.field(2) { _ in } }
                }
            }
        case .integer, .number, .flag: break
        }
    }
}
