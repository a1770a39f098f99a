package import TenureCore
package import TenureRuntime

/// The fence that stands after a restoration, and taking it away.
package enum EffectsDocuments {
    /// `{"fenced": false}`, or what waits.
    package static func waiting(_ workspace: Workspace) async throws -> JSON {
        guard let waiting = try await workspace.waitingEffects() else { return ["fenced": false] }
        return [
            "fenced": true, "backed_up": .string(waiting.fence.backedUp.text), "restored": .string(waiting.fence.restored.text),
            "waiting": [
                "older": .int(Int64(waiting.older)), "newer": .int(Int64(waiting.newer)), "later": .int(Int64(waiting.later)),
            ],
        ]
    }

    package static func document(_ release: EffectsRelease) -> JSON {
        [
            "fenced": false, "released": .string(release.at.text), "by": .string(release.by),
            "waiting": .string(release.choice.rawValue), "withheld": .int(Int64(release.withheld)),
            "sent": .int(Int64(release.sent)),
        ]
    }

    static func release(_ api: APICall) async throws -> Answer {
        let body = try await body(api)
        guard let choice = body["waiting"]?.string.flatMap(WaitingMessages.init) else {
            throw Problem(
                .validationFailed,
                "waiting is one of " + WaitingMessages.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        do {
            let release = try await api.workspace.releaseEffects(choice, sent: try sent(body), by: try by(body))
            return .json(document(release))
        } catch EffectsRefusal.noFence {
            throw Problem(.noFence, "There is no fence: messages leave as they are due.")
        } catch EffectsRefusal.nobody {
            throw Problem(.validationFailed, "by is somebody's name, not blanks only.")
        }
    }

    private static func body(_ api: APICall) async throws -> JSONObject {
        guard let object = try await api.call.json(JSONReader.Limits()).0.object else {
            throw Problem(.validationFailed, "The body must be an object.")
        }
        return object
    }

    private static func by(_ body: JSONObject) throws -> String {
        guard let by = body["by"]?.string, by.utf8.count <= 500 else {
            throw Problem(.validationFailed, "by is the name of whoever lets messages leave, at most 500 bytes.")
        }
        return by
    }

    /// Message-IDs of messages that are known to have been sent.
    private static func sent(_ body: JSONObject) throws -> Set<String> {
        guard let list = body["sent"] else { return [] }
        guard let items = list.array else { throw Problem(.validationFailed, "sent is a list of Message-IDs.") }
        return Set(items.compactMap(\.string))
    }
}
