import Testing

@testable import TenureAuthoring

/// A small generator, so that a damage that once did harm can be done again.
private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, sides)
    }
}

@Suite struct `Damaged programmes` {
    private static let marks = Array("&*!{}[]:,'\"|>-#% \n\t0aé\u{0}")

    private func damaged(_ text: String, _ dice: inout Dice) -> String {
        var characters = Array(text)
        let start = dice.roll(characters.count)
        let end = min(characters.count, start + 1 + dice.roll(12))
        switch dice.roll(4) {
        case 0: characters.removeSubrange(start..<end)
        case 1: characters.insert(contentsOf: characters[start..<end], at: dice.roll(characters.count))
        case 2: characters[start..<end] = [Self.marks[dice.roll(Self.marks.count)]]
        case _: characters.insert(Self.marks[dice.roll(Self.marks.count)], at: start)
        }
        return String(characters)
    }

    @Test func `name a damaged file of the catalogue by where it lies`() {
        let catalogue = ProgrammeFolder.decoding([("base.yaml", Array("events: ".utf8) + [0xFF])])
        let damage = read(wholeProgramme, catalogue: catalogue).mistakes.first { $0.code == .notUTF8 }
        #expect(damage?.labels[0].place == Place(file: "catalogue/base.yaml", line: 1, column: 9, length: 1))
    }

    @Test(arguments: 0..<8) func `are read to the end and refused only with a reason`(seed: UInt64) {
        var dice = Dice(state: seed)
        for _ in 0..<20 {
            var files = wholeProgramme.files
            for _ in 0...dice.roll(3) {
                let index = dice.roll(files.count)
                files[index].text = damaged(files[index].text, &dice)
            }
            let folder = ProgrammeFolder(files: files)
            let (loaded, mistakes) = read(folder, catalogue: wholeCatalogue)
            #expect((loaded == nil) == mistakes.contains { $0.severity == .error })
            #expect(
                mistakes.allSatisfy { !$0.title.isEmpty && $0.labels.allSatisfy { $0.place.length >= 1 } })
            let text = DiagnosticText([folder, wholeCatalogue.below("catalogue")]).render(mistakes)
            #expect(text.isEmpty == mistakes.isEmpty)
        }
    }
}
