import TenureSegments

/// Room on the folder's filesystem.
struct SpaceExamination {
    let folder: DataFolder

    private static let filesMin = 1000
    private static let bytesMin = 1 << 30

    var findings: [Finding] {
        guard let space = DiskSpace(of: folder.path) else { return [.ok("space", "The filesystem does not say what is free")] }
        return [room(space), files(space)].compactMap { $0 }
    }

    private func room(_ space: DiskSpace) -> Finding {
        let text = "\(readableBytes(space.free)) of \(readableBytes(space.total)) are free"
        guard space.free >= Ballast.bytes(of: space) / 2 else {
            return .problem(
                "storage-full", text + ".", "Make room: a server that starts now only reads until there is some.")
        }
        guard space.free >= min(Self.bytesMin, space.total / 20) else {
            return .warning("little-space", text + ".", "Make room, or give the folder a larger disk: the log only grows.")
        }
        return .ok("space", text)
    }

    private func files(_ space: DiskSpace) -> Finding? {
        guard let free = space.freeFiles, free < Self.filesMin else { return nil }
        return .problem(
            "no-inodes", "The filesystem can hold \(free) more files.", "Remove files that nobody needs from that disk.")
    }
}
