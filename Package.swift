// swift-tools-version: 6.2
// The layers of ARCHITECTURE.md: each target names the targets it may use, so the compiler keeps the arrows.
import PackageDescription

/// One strict list for every target (docs/decisions/0002-swift-settings.md).
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// `TENURE_FUZZ=1`, as bin/fuzz sets it, adds programs that link against libFuzzer only, and the traps that they must find.
let isFuzzing = Context.environment["TENURE_FUZZ"] == "1"

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

func layer(
    _ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage]? = nil,
    path: String? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path,
        swiftSettings: strict + (isFuzzing ? [.define("PLANTED_TRAPS")] : []), plugins: plugins)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "tenure",
    products: [
        .library(name: "CEL", targets: ["CEL"]),
        .executable(name: "tenure", targets: ["tenure"]),
        .executable(name: "ConditionBenchmark", targets: ["ConditionBenchmark"]),
        .executable(name: "EngineBenchmark", targets: ["EngineBenchmark"]),
        .executable(name: "Swarm", targets: ["Swarm"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Pure: no Foundation, no I/O, no clock.
        layer("CEL"),
        layer("TenureCore"),
        // The cases of google/cel-spec: for the tests of CEL and for `tenure cel --cases`.
        layer("CELCases", ["CEL", "TenureCore"]),
        layer("TenureProgramme", ["CEL", "TenureCore"]),
        layer(
            "TenureEngine",
            ["TenureProgramme", "TenureCore", "CEL", product("BitCollections", "swift-collections")]),
        layer("TenureInsight", ["TenureEngine", "TenureProgramme", "TenureCore", "CEL"]),
        // Definitions: YAML in, checked values out.
        layer("TenureAuthoring", ["TenureProgramme", "TenureCore", "CEL", product("Yams", "Yams")]),
        // Storage.
        layer("TenureStore", ["TenureCore"]),
        layer(
            "TenureSQLite",
            ["TenureStore", "TenureCore", product("GRDB", "GRDB.swift"), product("GRDBSQLite", "GRDB.swift")]),
        layer("TenureCompression", ["CZstd"]),
        layer("TenureSegments", ["TenureStore", "TenureCore", "TenureCompression"]),
        // Files that others read: the format, and what of a log lies in them.
        layer("Parquet", ["TenureCompression"]),
        layer("TenureLake", ["Parquet", "TenureSegments", "TenureStore", "TenureCore", "TenureCompression"]),
        // The shell.
        layer(
            "TenureRuntime",
            [
                "TenureStore", "TenureInsight", "TenureEngine", "TenureAuthoring", "TenureProgramme", "TenureCore",
                "TenureCompression", product("Crypto", "swift-crypto"), product("Logging", "swift-log"),
                product("Mustache", "swift-mustache"),
            ]),
        layer("TenureConnectors", ["TenureRuntime", "TenureCore", "CCurl"]),
        layer(
            "TenureSimulator",
            ["TenureRuntime", "TenureStore", "TenureInsight", "TenureEngine", "TenureProgramme", "TenureCore"]),
        layer(
            "TenureWeb",
            [
                "TenureRuntime", "TenureInsight", "TenureStore", "TenureEngine", "TenureAuthoring", "TenureProgramme",
                "TenureCore",
                product("Hummingbird", "hummingbird"), product("HummingbirdCore", "hummingbird"),
                product("Mustache", "swift-mustache"), product("NIOCore", "swift-nio"),
                product("NIOHTTP1", "swift-nio"), "CZlib", product("Crypto", "swift-crypto"),
                product("HTTPTypes", "swift-http-types"), product("Logging", "swift-log"),
            ], plugins: ["EmbedFiles"]),
        // Definitions and zone rules, embedded as bytes: the product is one binary.
        layer("TenurePacks", plugins: ["EmbedFiles"], path: "Programmes"),
        .executableTarget(
            name: "tenure",
            dependencies: [
                "TenureWeb", "TenureConnectors", "TenureSimulator", "TenureSQLite", "TenureSegments", "TenureLake",
                "TenureRuntime", "TenureStore", "TenureInsight", "TenureAuthoring", "TenureEngine", "TenureProgramme",
                "TenureCore", "TenurePacks", "CELCases", "CEL", "CJemalloc",
                product("ArgumentParser", "swift-argument-parser"),
                product("ServiceLifecycle", "swift-service-lifecycle"),
                product("UnixSignals", "swift-service-lifecycle"), product("Logging", "swift-log"),
            ], swiftSettings: strict),
        // `bin/bench`: what conditions cost, next to Swift written by hand.
        .executableTarget(
            name: "ConditionBenchmark",
            dependencies: ["TenureAuthoring", "TenureProgramme", "TenureCore", "TenurePacks", "CEL", "CAllocations"],
            path: "Benchmarks/Conditions", swiftSettings: strict),
        .target(name: "CAllocations", path: "Benchmarks/CAllocations"),
        // What observing and concluding cost, next to the least and to a conclusion without memos.
        .executableTarget(
            name: "EngineBenchmark",
            dependencies: [
                "TenureSimulator", "TenureRuntime", "TenureStore", "TenureEngine", "TenureAuthoring", "TenureProgramme",
                "TenureCore", "TenurePacks", "CCounters", "CJemalloc",
            ], path: "Benchmarks/Engine", swiftSettings: strict),
        .target(name: "CCounters", path: "Benchmarks/CCounters"),
        // What tests of several layers share; nothing that is shipped depends on it.
        layer(
            "TenureFixtures", ["TenureEngine", "TenureProgramme", "TenureCore", "CEL"], path: "Tests/Fixtures"),
        // `bin/prove swarm`: a workspace in a world that fails in every way, drawn from one number.
        layer(
            "SwarmRig",
            [
                "TenureFixtures", "TenureRuntime", "TenureStore", "TenureEngine", "TenureAuthoring", "TenureProgramme",
                "TenureCore", product("Logging", "swift-log"),
            ], path: "Tests/Swarm/Rig"),
        .executableTarget(name: "Swarm", dependencies: ["SwarmRig"], path: "Tests/Swarm/Program", swiftSettings: strict),
        // `bin/fuzz`: what any bytes are made of, and the promises that must hold.
        layer(
            "FuzzInputs",
            [
                "TenureFixtures", "TenureRuntime", "TenureAuthoring", "TenureProgramme", "TenureCore", "CEL",
            ], path: "Fuzzing/Inputs"),
        tests("FuzzingTests", ["FuzzInputs", "TenureCore"]),
        tests("CELTests", ["CELCases", "CEL"], exclude: ["Cases"]),
        tests(
            "TenureAuthoringTests", ["TenureAuthoring", "TenureProgramme", "TenureCore", "CEL"], exclude: ["Goldens"]),
        tests("ParquetTests", ["Parquet", "TenureCompression"]),
        tests(
            "TenureLakeTests", ["TenureLake", "Parquet", "TenureSegments", "TenureStore", "TenureCore", "TenureCompression"]),
        tests(
            "TenureStoreTests", ["TenureFixtures", "TenureStore", "TenureSQLite", "TenureSegments", "TenureCore"]),
        tests(
            "TenureRuntimeTests",
            [
                "TenureFixtures", "TenureRuntime", "TenureSimulator", "TenureStore", "TenureEngine", "TenureAuthoring",
                "TenureProgramme", "TenureCore", "TenurePacks", product("Logging", "swift-log"),
            ]),
        tests(
            "TenureSimulatorTests",
            [
                "SwarmRig", "TenureSimulator", "TenureRuntime", "TenureEngine", "TenureAuthoring", "TenureProgramme", "TenureCore",
                "TenurePacks",
            ]),
        tests(
            "TenureConnectorsTests", ["TenureConnectors", "TenureRuntime", "TenureCore"], exclude: ["Peers", "Goldens"]),
        tests(
            "TenureEngineTests",
            ["TenureFixtures", "TenureEngine", "TenureAuthoring", "TenureProgramme", "TenureCore", "CEL"]),
        tests(
            "TenureInsightTests",
            [
                "TenureFixtures", "TenureInsight", "TenureRuntime", "TenureEngine", "TenureAuthoring", "TenureProgramme",
                "TenureCore", "TenurePacks", "CEL",
            ]),
        tests(
            "TenureWebTests",
            [
                "TenureFixtures", "TenureWeb", "TenureRuntime", "TenureStore", "TenureEngine", "TenureAuthoring",
                "TenureProgramme", "TenureCore", "TenureInsight", product("HTTPTypes", "swift-http-types"),
                product("Logging", "swift-log"), product("Mustache", "swift-mustache"), product("NIOCore", "swift-nio"),
            ]),
        // C libraries and build tools.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // `apt install libjemalloc-dev`
        .target(name: "CJemalloc", linkerSettings: [.linkedLibrary("jemalloc")]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .executableTarget(name: "EmbedTool", swiftSettings: strict),
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["EmbedTool"]),
    ]
)

if isFuzzing {
    // Built with libFuzzer's main, no other program and no build tool links.
    let others = ["tenure", "ConditionBenchmark", "EngineBenchmark", "Swarm", "SwarmRig", "TenureWeb", "TenurePacks", "EmbedTool", "EmbedFiles"]
    package.products.removeAll { others.contains($0.name) }
    package.targets.removeAll { others.contains($0.name) || $0.type == .test }
    for name in ["CEL", "Definitions", "Templates"] {
        package.products.append(.executable(name: "Fuzz\(name)", targets: ["Fuzz\(name)"]))
        package.targets.append(
            .executableTarget(
                name: "Fuzz\(name)", dependencies: ["FuzzInputs"], path: "Fuzzing/Programs/\(name)",
                swiftSettings: strict + [.define("PLANTED_TRAPS")]))
    }
}
