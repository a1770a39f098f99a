import Foundation

/// Which process holds a lock file, as the kernel tells: nobody's lock is touched to find out.
struct LockHolder {
    /// nil: nobody holds it. 0: a process that this one cannot see.
    let pid: Int?

    init(_ path: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let inode = attributes?[.systemFileNumber] as? Int
        let table = (try? String(contentsOfFile: "/proc/locks", encoding: .utf8)) ?? ""
        let signed = Self.signature(path)
        pid = inode.flatMap { inode in
            table.split(separator: "\n").lazy.compactMap { Self.holder(of: inode, in: $0) }.first {
                $0.device == (attributes?[.systemNumber] as? Int) ?? -1 || $0.pid == signed
            }?.pid
        }
    }

    /// What the lock says of itself: the process that took it last.
    private static func signature(_ path: String) -> Int? {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first.flatMap { $0.hasPrefix("pid ") ? Int($0.dropFirst(4)) : nil }
    }

    /// `1: FLOCK  ADVISORY  WRITE 3462 08:01:131077 0 EOF`
    private static func holder(of inode: Int, in line: Substring) -> (pid: Int, device: Int)? {
        let words = line.split(separator: " ")
        guard words.count >= 6, words[1] == "FLOCK", let pid = Int(words[4]) else { return nil }
        let place = words[5].split(separator: ":")
        guard place.count == 3, Int(place[2]) == inode, let major = Int(place[0], radix: 16),
            let minor = Int(place[1], radix: 16)
        else { return nil }
        return (max(0, pid), major << 8 | minor)
    }

    func finding(_ folder: DataFolder) -> Finding {
        guard let pid else { return .ok("lock", "No process owns \(folder.path)") }
        let name = pid == 0 ? "A process of another container" : "Process \(pid)\(Self.command(pid))"
        return .warning(
            "data-in-use", "\(name) owns \(folder.path): a second server on it is refused.",
            "That is as it should be while your server runs. Otherwise stop it: kill \(pid)")
    }

    private static func command(_ pid: Int) -> String {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !data.isEmpty else { return "" }
        let words = String(decoding: data.prefix(200), as: UTF8.self).split(separator: "\0")
        // What follows may hold a password.
        return " (" + words.prefix(2).joined(separator: " ") + ")"
    }
}
