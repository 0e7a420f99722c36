/// A secondary school of the directory, member or not.
package struct School: Sendable, Identifiable, Equatable {
  package let id: Identifier<School>
  package let name: String
}
