import App
import ArgumentParser

struct Config: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every setting, its value and where it came from. Secrets are hidden.")

  @OptionGroup var flags: SettingFlags

  func run() async throws {
    let settings = try flags.settings()
    for setting in Setting.allCases {
      guard let value = settings.values[setting] else { continue }
      let isHidden = setting.isSecret && !value.text.isEmpty && (setting != .database || value.text.contains("@"))
      print(
        "\(setting.rawValue) = \(isHidden ? "(hidden)" : value.text)   # \(value.source.rawValue): \(setting.meaning)")
    }
  }
}
