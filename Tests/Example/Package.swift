// swift-tools-version: 6.1

import PackageDescription

// A package of somebody else that uses the engine: `swift run Classify CHECKPOINT PHOTO`.
let package = Package(
  name: "Example",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "mobilenet-explorer", path: "../..")],
  targets: [
    .executableTarget(
      name: "Classify",
      dependencies: [.product(name: "MobileNet", package: "mobilenet-explorer")])
  ],
  swiftLanguageModes: [.v6])
