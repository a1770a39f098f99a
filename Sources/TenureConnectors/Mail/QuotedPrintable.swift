/// Quoted-printable (RFC 2045) with CRLF line ends, lines of at most 76 columns.
///
/// A run of letters, digits, `-` and `_` that fits a line is never cut by a soft line end: a one-time token
/// that stands in the stored bytes as such a run can be put in at send by replacing bytes.
enum QuotedPrintable {
    /// One column is kept for the `=` of a soft line end.
    private static let columnsMax = 75

    /// `text` has LF line ends; the result ends with CRLF.
    static func encode(_ text: String) -> [UInt8] {
        var encoder = Encoder()
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            encoder.write(line: line)
        }
        return encoder.out
    }

    private struct Encoder {
        var out: [UInt8] = []
        var column = 0

        mutating func write(line: Substring.UTF8View) {
            var index = line.startIndex
            while index < line.endIndex {
                let run = line[index...].prefix(while: isRunByte)
                if run.isEmpty {
                    let next = line.index(after: index)
                    write(unit: unit(line[index], isLast: next == line.endIndex))
                    index = next
                } else {
                    write(run: run)
                    index = run.endIndex
                }
            }
            out += [0x0D, 0x0A]
            column = 0
        }

        private mutating func write(run: Substring.UTF8View) {
            if run.count <= columnsMax { return write(unit: Array(run)) }
            for byte in run { write(unit: [byte]) }
        }

        private mutating func write(unit: [UInt8]) {
            if column + unit.count > columnsMax {
                out += [0x3D, 0x0D, 0x0A]
                column = 0
            }
            out += unit
            column += unit.count
        }

        /// White space at the end of a line would be dropped on the way; a dot at its start means the end to
        /// SMTP.
        private func unit(_ byte: UInt8, isLast: Bool) -> [UInt8] {
            switch byte {
            case 0x20, 0x09: isLast ? escaped(byte) : [byte]
            case 0x2E: column == 0 || column == columnsMax ? escaped(byte) : [byte]
            case 0x3D: escaped(byte)
            case 0x21...0x7E: [byte]
            default: escaped(byte)
            }
        }

        private func isRunByte(_ byte: UInt8) -> Bool {
            HeaderText.isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F
        }

        private func escaped(_ byte: UInt8) -> [UInt8] {
            let digits = Array("0123456789ABCDEF".utf8)
            return [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
