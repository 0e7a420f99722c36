import Foundation

/// Prints a line and sends it on its way at once: into a pipe or a file, too, where lines else wait for a full buffer.
@Sendable func say(_ line: String) {
  print(line)
  fflush(nil)
}
