import Foundation

/// Whether the address can be listened on.
struct AddressExamination {
    let address: (host: String, port: Int)
    let folder: DataFolder

    var findings: [Finding] {
        let text = "\(address.host):\(address.port)"
        guard address.port > 0 else { return [.ok("address", "A free port of \(address.host) will be taken")] }
        if isOwn { return [.ok("address", "\(text) is this folder's server's")] }
        if isTaken {
            return [
                .problem(
                    "port-in-use", "Another process listens on port \(address.port).",
                    "Give another address with --listen, for example --listen 127.0.0.1:0, or find it: ss -ltnp")
            ]
        }
        guard address.port >= Self.unprivileged || NSUserName() == "root" else {
            return [
                .warning(
                    "cannot-listen", "Ports below \(Self.unprivileged) are for root alone.",
                    "Listen on 127.0.0.1:8080 and put a proxy in front of it.")
            ]
        }
        return [.ok("address", "\(text) is free")]
    }

    /// What the kernel leaves to root, unless somebody lowered it.
    private static var unprivileged: Int {
        let text = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8)
        return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 1024
    }

    private var isOwn: Bool {
        LockHolder(folder.lock).pid != nil && (Announcement.url(folder.path) ?? "").hasSuffix(":\(address.port)")
    }

    private var isTaken: Bool {
        ["/proc/net/tcp", "/proc/net/tcp6"].contains { path in
            let table = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return table.split(separator: "\n").contains { isListening($0) }
        }
    }

    /// `0: 0100007F:1F90 00000000:0000 0A …`: the local address in hexadecimal, and the state, 0A for listening.
    private func isListening(_ line: Substring) -> Bool {
        let words = line.split(separator: " ")
        guard words.count > 3, words[3] == "0A" else { return false }
        return words[1].split(separator: ":").last.flatMap { Int($0, radix: 16) } == address.port
    }
}
