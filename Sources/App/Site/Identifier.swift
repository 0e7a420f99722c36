import Storage

/// An id that knows what it identifies, so a school's id cannot be passed where a person's is meant.
package struct Identifier<Owner>: Sendable, Hashable, Comparable, LosslessStringConvertible, SQLBindable, SQLReadable {
  package let description: String

  package init(_ text: String) { description = text }

  package static var sqlType: SQLType { .text }
  package var sqlValue: SQLValue { .text(description) }

  package init?(sqlValue: SQLValue) {
    guard let text = String(sqlValue: sqlValue) else { return nil }
    self.init(text)
  }

  package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
