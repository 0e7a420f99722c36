/// Somebody with an account: an educator, a liaison, one of the office.
package struct Person: Sendable, Identifiable, Equatable {
  package let id: Identifier<Person>
  package let name: String
}
