// swift-tools-version: 6.1

import PackageDescription

// Data flows one way, and so do the dependencies:
//
//   image file → Images → Tensors → MobileNet (Kernels) → Research → Explorer → Cells → Terminal
//
// One Swift package is used: swift-argument-parser, because help, suggestions and shell
// completions are a craft of their own. Pictures are decoded by libpng and libjpeg-turbo, the
// codecs that everybody else's pictures were tested with. ncurses reads keys and the mouse and
// knows the terminal; what to send is found in Cells, because with ncurses that took more than half
// of a frame's time.
//
// Checkpoints are downloaded by the program curl, only when somebody asks for it. URLSession
// would do it too, but linking FoundationNetworking loads libcurl and some thirty other libraries
// into every start of the program: 22 ms instead of 11 ms for one that does nothing else.
let package = Package(
  name: "mobilenet-explorer",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "mobilenet-explorer", targets: ["mobilenet-explorer"]),
    // The engine by itself: load a checkpoint, run an image, read the trace.
    .library(name: "MobileNet", targets: ["MobileNet", "Checkpoints", "Images", "Tensors"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // SHA-256 with the processor's instructions, where it has them.
    .target(name: "CDigest", path: "Sources/System/CDigest"),
    // The allocator's other half: memory goes back to the system.
    .target(name: "CMemory", path: "Sources/System/CMemory"),

    // A person's folders, the program's own, and why a file could not be used.
    .target(name: "Files", dependencies: ["CDigest"], path: "Sources/System/Files"),

    // What the project ships.
    .target(
      name: "Weights", dependencies: ["Files"], path: "Weights",
      exclude: ["README.md", "training"],
      resources: [.copy("Files"), .copy("Atlases"), .copy("published.json")]),
    .target(
      name: "Samples", dependencies: ["Files"], path: "Samples",
      exclude: ["README.md", "Screens", "scenes"], resources: [.copy("Images")]),

    // Pictures: file → pixels.
    .systemLibrary(
      name: "CPNG", path: "Sources/Pictures/CPNG", pkgConfig: "libpng",
      providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CJPEG", path: "Sources/Pictures/CJPEG", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg62-turbo-dev"]), .brew(["jpeg-turbo"])]),
    .target(
      name: "CImageCodecs", dependencies: ["CPNG", "CJPEG", "CZlib"],
      path: "Sources/Pictures/CImageCodecs"),
    .target(
      name: "Images", dependencies: ["CImageCodecs", "Files"], path: "Sources/Pictures/Images"),

    // Pictures that follow one another: pipe, file or folder → frames → pixels.
    .target(name: "Streams", dependencies: ["Files", "Images"], path: "Sources/Pictures/Streams"),

    // The engine: pixels → trace.
    .target(name: "Tensors", path: "Sources/Engine/Tensors"),
    .target(name: "CKernels", path: "Sources/Engine/CKernels"),
    .target(
      name: "Kernels", dependencies: ["Tensors", "CKernels"], path: "Sources/Engine/Kernels"),
    .target(
      name: "MobileNet", dependencies: ["Images", "Tensors", "Kernels"],
      path: "Sources/Engine/MobileNet"),

    // Checkpoint files, those that can be fetched, and names for what is there.
    // zlib, which libpng brings along, inflates what is deflated. Of Protobuf, HDF5 and ZIP these
    // formats need a few hundred lines each, written here: swift-protobuf and libhdf5 are much to
    // install and to build for that, and decide themselves how much memory a broken file gets.
    .systemLibrary(
      name: "CZlib", path: "Sources/Models/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CInflate", dependencies: ["CZlib"], path: "Sources/Models/CInflate"),
    .target(
      name: "Checkpoints", dependencies: ["CInflate", "Files", "MobileNet", "Kernels", "Tensors"],
      path: "Sources/Models/Checkpoints"),
    .target(
      name: "Downloads", dependencies: ["Checkpoints", "Files", "MobileNet", "Weights"],
      path: "Sources/Models/Downloads"),
    .target(
      name: "Catalogue",
      dependencies: [
        "Atlas", "Checkpoints", "Downloads", "Files", "Folders", "Learning", "Lessons", "MobileNet",
        "Reports", "Research", "Samples", "Weights",
      ], path: "Sources/Models/Catalogue"),

    // What is said about a network and its answers, as text and as JSON.
    .target(
      name: "Reports", dependencies: ["Files", "MobileNet", "Tensors"],
      path: "Sources/Study/Reports"),

    // How a layer made a value, what it replaced and why: numbers and sentences, step by step.
    .target(
      name: "Lessons", dependencies: ["Files", "Kernels", "MobileNet", "Reports", "Tensors"],
      path: "Sources/Study/Lessons", resources: [.copy("Files")]),

    // Networks beside each other: widths and resolutions, other networks, two photos.
    .target(
      name: "Comparison", dependencies: ["Kernels", "MobileNet", "Reports", "Tensors"],
      path: "Sources/Study/Comparison"),

    // Why the answer is what it is: gradients put to use, and what a channel wants to see.
    .target(
      name: "Explanation", dependencies: ["Images", "Kernels", "MobileNet", "Reports", "Tensors"],
      path: "Sources/Study/Explanation"),

    // Questions and their answers: what the explorer computes, it computes here.
    .target(
      name: "Research",
      dependencies: [
        "Comparison", "Evaluation", "Explanation", "Files", "Folders", "Images", "Kernels",
        "Learning", "Lessons", "MobileNet", "Tensors",
      ], path: "Sources/Study/Research"),

    // A stream on its way through a network: one thread reads, one computes.
    .target(
      name: "Live",
      dependencies: ["Images", "Kernels", "MobileNet", "Reports", "Streams", "Tensors"],
      path: "Sources/Screen/Live"),

    // Folders of images, on their way through a network.
    .target(
      name: "Folders", dependencies: ["Files", "Images", "MobileNet", "Tensors"],
      path: "Sources/Study/Folders"
    ),

    // How good a network is on labelled images.
    .target(
      name: "Evaluation", dependencies: ["Folders", "Images", "MobileNet", "Reports"],
      path: "Sources/Study/Evaluation"),

    // What the channels respond to, over many images.
    .target(
      name: "Atlas",
      dependencies: [
        "Checkpoints", "Files", "Folders", "Images", "Kernels", "MobileNet", "Reports", "Tensors",
      ],
      path: "Sources/Study/Atlas"),

    // A network's last layer, fitted to somebody's own classes.
    .target(
      name: "Learning",
      dependencies: [
        "Evaluation", "Files", "Folders", "Images", "Kernels", "MobileNet", "Reports", "Tensors",
      ], path: "Sources/Study/Learning"),

    // The screen: state → cells → terminal.
    .target(name: "Cells", dependencies: ["Files"], path: "Sources/Screen/Cells"),
    .target(
      name: "Explorer",
      dependencies: [
        "Cells", "Comparison", "Evaluation", "Explanation", "Folders", "Images", "Learning",
        "Lessons", "Live", "MobileNet", "Reports", "Research", "Tensors",
      ], path: "Sources/Screen/Explorer"),
    .systemLibrary(
      name: "CNcurses",
      path: "Sources/Screen/CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    .target(
      name: "CTerminal", dependencies: ["CNcurses"],
      path: "Sources/Screen/CTerminal", cSettings: [.define("NCURSES_WIDECHAR", to: "1")],
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(
      name: "Terminal", dependencies: ["CTerminal", "Cells", "Images"],
      path: "Sources/Screen/Terminal"),
    .target(
      name: "Runtime",
      dependencies: [
        "CMemory", "Cells", "Explorer", "Files", "Images", "Learning", "Lessons", "Live",
        "MobileNet", "Reports", "Research", "Tensors", "Terminal",
      ], path: "Sources/Screen/Runtime"),

    // What a person prefers.
    .target(
      name: "Settings", dependencies: ["Cells", "Explorer", "Lessons", "MobileNet", "Reports"],
      path: "Sources/Screen/Settings"),

    // The command line puts the parts together.
    .executableTarget(
      name: "mobilenet-explorer",
      dependencies: [
        "Atlas", "Catalogue", "Cells", "Checkpoints", "Comparison", "Downloads", "Evaluation",
        "Explanation", "Explorer", "Files", "Folders", "Images", "Kernels", "Learning", "Lessons",
        "Live", "MobileNet", "Reports", "Research", "Runtime", "Samples", "Settings", "Streams",
        "Tensors", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Manual"]),

    // Times reading an image; Tests/Benchmarks/preprocess.py compares it with Pillow.
    .executableTarget(
      name: "preprocess-benchmark", dependencies: ["Images", "MobileNet"],
      path: "Tests/Benchmarks/preprocess"),

    // Times reading a checkpoint and packing its weights.
    .executableTarget(
      name: "load-benchmark", dependencies: ["Checkpoints", "MobileNet"],
      path: "Tests/Benchmarks/load"),

    // Compares pictures made of signs with what they show.
    .executableTarget(
      name: "picture-benchmark",
      dependencies: [
        "Cells", "Checkpoints", "Explorer", "Images", "MobileNet", "Tensors",
      ],
      path: "Tests/Benchmarks/pictures"),

    .testTarget(
      name: "ImagesTests", dependencies: ["Images"], path: "Tests/Pictures/ImagesTests",
      exclude: ["Fixtures", "make_fixtures.py"]),
    .testTarget(
      name: "StreamsTests", dependencies: ["Images", "Streams"],
      path: "Tests/Pictures/StreamsTests", exclude: ["Fixtures", "make_fixtures.py"]),
    .testTarget(
      name: "LiveTests", dependencies: ["Images", "Live", "MobileNet", "Streams", "Tensors"],
      path: "Tests/Screen/LiveTests"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"], path: "Tests/Engine/TensorsTests"),
    .testTarget(
      name: "MobileNetTests", dependencies: ["Kernels", "MobileNet", "Tensors"],
      path: "Tests/Engine/MobileNetTests", exclude: ["References"]),
    .testTarget(
      name: "CheckpointsTests",
      dependencies: ["Checkpoints", "Images", "Kernels", "MobileNet", "Tensors"],
      path: "Tests/Models/CheckpointsTests", exclude: ["Fixtures"]),
    .testTarget(
      name: "DownloadsTests", dependencies: ["Downloads", "Files"],
      path: "Tests/Models/DownloadsTests"),
    .testTarget(name: "CellsTests", dependencies: ["Cells"], path: "Tests/Screen/CellsTests"),
    .target(
      name: "ResearchTestSupport",
      dependencies: ["Learning", "Lessons", "MobileNet", "Research"],
      path: "Tests/Study/ResearchTestSupport"),
    .testTarget(
      name: "ResearchTests",
      dependencies: [
        "Comparison", "Evaluation", "Explanation", "Learning", "MobileNet", "Research",
        "ResearchTestSupport", "Tensors",
      ],
      path: "Tests/Study/ResearchTests"),
    .testTarget(
      name: "RuntimeTests",
      dependencies: ["Explorer", "MobileNet", "Research", "ResearchTestSupport", "Runtime"],
      path: "Tests/Screen/RuntimeTests"),
    .testTarget(
      name: "TerminalTests", dependencies: ["Cells", "Terminal"],
      path: "Tests/Screen/TerminalTests"),
    .testTarget(name: "FilesTests", dependencies: ["Files"], path: "Tests/System/FilesTests"),
    .testTarget(
      name: "SettingsTests", dependencies: ["Cells", "Settings"], path: "Tests/Screen/SettingsTests"
    ),
    .testTarget(
      name: "FoldersTests", dependencies: ["Folders", "Images", "MobileNet", "Tensors"],
      path: "Tests/Study/FoldersTests"),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation", "Folders", "MobileNet"],
      path: "Tests/Study/EvaluationTests"),
    .testTarget(
      name: "AtlasTests",
      dependencies: [
        "Atlas", "Checkpoints", "Folders", "Images", "Kernels", "MobileNet", "Tensors",
      ],
      path: "Tests/Study/AtlasTests",
      exclude: ["check_atlas.py", "kill_atlas.py", "many_images.py", "slurm_atlas.sh"]),
    .testTarget(
      name: "LearningTests",
      dependencies: [
        "Catalogue", "Checkpoints", "Files", "Images", "Kernels", "Learning", "MobileNet",
        "Research", "Tensors",
      ],
      path: "Tests/Study/LearningTests", exclude: ["References", "linear_probe.py"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["MobileNet", "Reports"], path: "Tests/Study/ReportsTests"
    ),
    .testTarget(
      name: "LessonsTests",
      dependencies: [
        "Checkpoints", "Images", "Lessons", "MobileNet", "Reports", "Samples", "Tensors", "Weights",
      ],
      path: "Tests/Study/LessonsTests"),
    .testTarget(
      name: "ComparisonTests",
      dependencies: ["Comparison", "Images", "Kernels", "MobileNet", "Tensors"],
      path: "Tests/Study/ComparisonTests"),
    .testTarget(
      name: "ExplanationTests", dependencies: ["Explanation", "Images", "MobileNet", "Tensors"],
      path: "Tests/Study/ExplanationTests"),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Cells", "Checkpoints", "Comparison", "Evaluation", "Explanation", "Explorer", "Images",
        "Learning", "Lessons", "Live", "MobileNet", "Reports", "Research", "ResearchTestSupport",
        "Samples", "Tensors", "Weights",
      ],
      path: "Tests/Screen/ExplorerTests", exclude: ["Screens"]),
    .testTarget(name: "EndToEndTests", dependencies: ["mobilenet-explorer"]),
  ],
  swiftLanguageModes: [.v6]
)
