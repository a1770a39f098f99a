import FuzzInputs

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    unsafe FuzzTarget.definitions.run(start, count)
}

/// What libFuzzer calls to change an input.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ input: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    unsafe FuzzTarget.definitions.mutate(input, count, most, seed) { unsafe ownMutation($0, $1, $2) }
}

@_silgen_name("LLVMFuzzerMutate")
private func ownMutation(_ input: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int
