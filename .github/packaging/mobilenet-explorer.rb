# Homebrew's formula, which builds from source: brew install --formula mobilenet-explorer.rb
class MobilenetExplorer < Formula
  desc "Look inside a MobileNet v1 while it classifies a photo, in a terminal"
  homepage "https://github.com/@REPOSITORY@"
  url "https://github.com/@REPOSITORY@.git", tag: "v@VERSION@"
  head "https://github.com/@REPOSITORY@.git", branch: "main"

  depends_on "pkgconf" => :build
  depends_on xcode: ["16.3", :build]
  depends_on "jpeg-turbo"
  depends_on "libpng"
  depends_on macos: :sequoia

  uses_from_macos "swift" => :build
  uses_from_macos "ncurses"
  uses_from_macos "zlib"

  def install
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "mobilenet-explorer"
    bin.install ".build/release/mobilenet-explorer"
    %w[Weights Samples Lessons].each do |folder|
      built = Dir[".build/release/mobilenet-explorer_#{folder}.{bundle,resources}"].first
      (share/"mobilenet-explorer"/folder).install Dir["#{built}/*"]
    end
    man1.install "Sources/mobilenet-explorer/Manual/mobilenet-explorer.1"
    generate_completions_from_executable(bin/"mobilenet-explorer", "--generate-completion-script")
  end

  test do
    assert_match "30 layers", shell_output("#{bin}/mobilenet-explorer layers")
    assert_match "%", shell_output("#{bin}/mobilenet-explorer --sample circle")
  end
end
