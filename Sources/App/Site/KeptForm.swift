/// A form whose session had ended when it was sent: its words wait here, for a day and for that browser only.
struct KeptForm: Sendable, Identifiable {
  let id: Identifier<KeptForm>
  /// Where the form was going.
  let path: String
  let fields: Fields
}
