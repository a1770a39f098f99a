import Foundation
import HTTPTypes
import TenureCore
import TenureRuntime

/// A form with files on its way into a folder: nothing of it is kept before the session's token has come.
actor Upload {
    private var reader: MultipartReader
    private let token: String
    private let desk: ImportDesk
    let id = ImportDesk.makeID()
    /// Names of the files as their sender calls them, by what they hold.
    private(set) var names: [ImportKind: String] = [:]
    private var isTrusted = false
    private var part: Part = .ignored

    private enum Part {
        case ignored
        case token([UInt8])
        case file(ImportKind, name: String, FileHandle?)
    }

    private static let tokenBytesMax = 200
    private static let nameLengthMax = 120

    init(_ call: Call, _ visitor: Visitor, _ desk: ImportDesk) throws {
        guard let type = call.fields[.contentType], let reader = MultipartReader(contentType: type) else {
            throw Problem(.unsupportedMediaType, "Files are sent as multipart/form-data.")
        }
        self.reader = reader
        self.desk = desk
        token = visitor.session.formToken
    }

    func take(_ bytes: [UInt8]) async throws {
        for event in try reader.feed(bytes) {
            switch event {
            case .part(let name, let file): try begin(name, file)
            case .bytes(let bytes): try await take(content: bytes)
            case .partEnd: try end()
            }
        }
    }

    /// Throws where the form broke off.
    func finish() throws {
        guard reader.isOver else { throw MultipartReader.malformed }
        guard isTrusted else { throw Form.refusal }
    }

    private func begin(_ name: String, _ file: String?) throws {
        if isSame(name, Form.tokenName) { return part = .token([]) }
        guard let kind = ImportKind(rawValue: name), let file else { return part = .ignored }
        guard isTrusted else { throw Form.refusal }
        guard names[kind] == nil else {
            throw Problem(.malformedRequest, "There are two files of \(kind.rawValue).")
        }
        part = .file(kind, name: Self.shown(file), nil)
    }

    private func take(content bytes: [UInt8]) async throws {
        switch part {
        case .ignored: break
        case .token(let start):
            guard start.count + bytes.count <= Self.tokenBytesMax else { throw Form.refusal }
            part = .token(start + bytes)
        case .file(let kind, let name, let open):
            let (desk, id) = (desk, id)
            let handle = try await Self.writing { try Self.write(bytes, open, kind, id, desk) }
            names[kind] = name
            part = .file(kind, name: name, handle)
        }
    }

    private func end() throws {
        switch part {
        case .ignored: break
        case .token(let bytes):
            guard sameSecret(String(decoding: bytes, as: UTF8.self), token) else { throw Form.refusal }
            isTrusted = true
        case .file(_, _, let open): try? open?.close()
        }
        part = .ignored
    }

    /// A file is made with its first byte: a field that was left empty makes none.
    private static func write(
        _ bytes: [UInt8], _ open: FileHandle?, _ kind: ImportKind, _ id: String, _ desk: ImportDesk
    ) throws -> FileHandle {
        let path = desk.path(kind, of: id)
        if open == nil {
            try desk.makeFolder(id)
            guard
                FileManager.default.createFile(
                    atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else {
                throw WriterRefusal.storageFull
            }
        }
        guard let file = open ?? FileHandle(forWritingAtPath: path) else { throw WriterRefusal.storageFull }
        try file.write(contentsOf: Data(bytes))
        return file
    }

    private static func writing(
        _ body: @escaping @Sendable () throws -> FileHandle
    ) async throws -> FileHandle {
        do {
            return try await offPool(body)
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw WriterRefusal.storageFull
        }
    }

    /// A file's name for people, without what could disturb a page.
    private static func shown(_ name: String) -> String {
        let plain = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        let text = String(String.UnicodeScalarView(plain)).split(whereSeparator: { $0 == "/" || $0 == "\\" })
            .last
        return String((text ?? "file").prefix(nameLengthMax))
    }
}
