import TenureCore

extension ByteWriter {
    mutating func write(_ merges: Merges) {
        write(list: merges.links) { writer, link in
            for text in [link.part.text, link.survivor.text, link.by, link.reason, link.factID, link.source] {
                writer.write(text)
            }
            writer.write(list: link.terms.taken) { $0.write($1) }
            writer.write(list: link.terms.kept) { $0.write($1) }
            writer.write(link.at)
            writer.write(link.position)
            writer.write(link.end) {
                $0.write($1.position)
                $0.write($1.at)
            }
        }
    }
}

extension ByteReader {
    mutating func readMerges() throws -> Merges { Merges(try readList { try $0.readLink() }) }

    private mutating func readLink() throws -> Merges.Link {
        let (part, survivor) = (AccountID(try readString()), AccountID(try readString()))
        let (by, reason, factID, source) = (try readString(), try readString(), try readString(), try readString())
        let terms = MergeTerms(taken: try readList { try $0.readString() }, kept: try readList { try $0.readString() })
        return Merges.Link(
            part: part, survivor: survivor, terms: terms, by: by, reason: reason, at: try readInstant(), factID: factID,
            source: source, position: try readUInt64(),
            end: try readOptional { Merges.Link.End(position: try $0.readUInt64(), at: try $0.readInstant()) })
    }
}
