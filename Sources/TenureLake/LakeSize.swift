import Parquet
package import TenureCore
import TenureSegments

/// What a lake holds of a workspace, read from the ends of its files.
package struct LakeSize: Hashable, Sendable {
    package private(set) var files = 0
    package private(set) var rows = 0
    package private(set) var bytes = 0
    package private(set) var days: [Day] = []
    /// Files that are not whole; none of ours are left like that.
    package private(set) var damaged: [String] = []

    package init(_ folder: LakeFolder, _ slug: String) throws {
        for part in folder.parts(slug) {
            let path = folder.path(slug, part)
            guard let summary = try WorkspaceLake.summary(path) else {
                damaged.append(path)
                continue
            }
            files += 1
            rows += summary.rows
            bytes += try OpenFile(path, .read, calls: .system).size()
            if days.last != part.day { days.append(part.day) }
        }
    }

    package var bytesPerRow: Double { rows == 0 ? 0 : Double(bytes) / Double(rows) }
}
