import Foundation
import TenureCore

/// secret.key, and the keys that were printed last.
struct SecretsExamination {
    let folder: DataFolder

    var findings: [Finding] { [secret, keys].compactMap { $0 } }

    private var secret: Finding? {
        guard let data = FileManager.default.contents(atPath: folder.secret) else {
            let hasWorkspaces = (try? folder.slugs().isEmpty) == false
            return hasWorkspaces ? .problem(.secretMissing(folder.secret)) : nil
        }
        do {
            _ = try folder.checked(Array(data))
            return .ok("secret", "secret.key is there")
        } catch {
            return .problem(error)
        }
    }

    /// The first start writes it.
    private var keys: Finding? {
        let path = Announcement.path(folder.path)
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard case .success = JSONReader.read(Array(data)) else {
            return .warning(
                "keys-unreadable", "\(path) is damaged.",
                "Remove it: the next start writes new keys into it, and those that programs have go on working.")
        }
        return .ok("keys", "keys.json is there")
    }
}
