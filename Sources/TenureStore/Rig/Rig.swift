#if DEBUG
    #if canImport(Glibc)
        import Glibc
    #else
        import Musl
    #endif
#endif

/// What a crash test may ask of a debug build through its environment. A release build asks for nothing.
package enum Rig {
    #if DEBUG
        /// Small segments are sealed soon.
        package static let segmentBytes = number("TENURE_SEGMENT_BYTES")
        /// A small write-ahead file is emptied soon.
        package static let walBytes = number("TENURE_WAL_BYTES")
        /// Small groups of rows in files of the lake, so that there are many.
        package static let lakeRows = number("TENURE_LAKE_ROWS")
        /// Whether what the log did not flush is lost with the process, as a power cut would lose it.
        package static let losesUnflushedWrites = text("TENURE_DISK") == "lossy"

        static func text(_ name: String) -> String? {
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }

        private static func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    #else
        package static let segmentBytes: Int? = nil
        package static let walBytes: Int? = nil
        package static let lakeRows: Int? = nil
    #endif
}
