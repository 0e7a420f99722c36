import Foundation

/// Runs the benchmarks of one section and prints each figure beside its bar. `script/bench` builds and starts it.
@main
enum BenchmarkCommand {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "cold": try ColdRun.run(arguments.dropFirst())
    case "statistics", nil:
      try ChartBenchmark.run()
      try DisclosureBenchmark.run()
      try PoolingBenchmark.run()
    case let section?:
      FileHandle.standardError.write(Data("no section \(section); there is: statistics\n".utf8))
      exit(64)
    }
  }
}
