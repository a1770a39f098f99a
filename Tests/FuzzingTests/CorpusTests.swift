import Foundation
import FuzzInputs
import TenureCore
import Testing

/// What `bin/fuzz` has found and keeps is tried on every change, without libFuzzer.
@Suite struct `Kept corpora` {
    /// Each line is a JSON text, each of its characters one byte.
    private func inputs(_ target: FuzzTarget) throws -> [[UInt8]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fuzzing/Corpora/\(target.rawValue).jsonl")
        var limits = JSONReader.Limits()
        limits.stringBytes = 1 << 20
        limits.allowsNUL = true
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let text = try #require(try JSONReader.read(String(line), limits: limits).get().string)
            return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
    }

    /// In quarters, which run beside each other.
    @Test(arguments: FuzzTarget.allCases, 0..<4)
    func `break no promise`(target: FuzzTarget, quarter: Int) throws {
        let inputs = try inputs(target)
        #expect(inputs.count > 50)
        for input in stride(from: quarter, to: inputs.count, by: 4).map({ inputs[$0] }) {
            let broken = target.brokenPromises(by: input)
            #expect(broken.isEmpty, "\(String(decoding: input, as: UTF8.self))")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `any length will do`(target: FuzzTarget) {
        for length in [0, 1, 2, 3, FuzzTarget.bytesMax + 1] {
            for byte in [UInt8(ascii: "c"), 0, 0xFF] {
                #expect(target.brokenPromises(by: repeatElement(byte, count: length)).isEmpty)
            }
        }
    }
}
