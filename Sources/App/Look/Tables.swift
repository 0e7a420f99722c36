import Markup

/// A column of a `dataTable`.
struct TableColumn: Sendable, Equatable {
  enum Order: String, Sendable { case ascending, descending }

  let name: String
  /// Figures stand flush right so that their places line up.
  let isNumber: Bool
  /// The address that sorts by this column; nil for a column that cannot be sorted by.
  let path: String?
  /// How the table is sorted by it now.
  let order: Order?

  init(_ name: String, isNumber: Bool = false, path: String? = nil, order: Order? = nil) {
    self.name = name
    self.isNumber = isNumber
    self.path = path
    self.order = order
  }
}

/// A table whose head stays in sight. Wide ones scroll within themselves, by keyboard too.
///
/// - Parameters:
///   - caption: says what the table shows; shown above it.
///   - rows: the cells of each row, as many as there are columns; the first names the row.
///   - stacks: whether on a narrow screen the cells of a row stand below each other; for cells that hold sentences.
func dataTable(
  _ caption: String, columns: [TableColumn], rows: [[HTML]], isCaptionHidden: Bool = false, stacks: Bool = false
) -> HTML {
  div(
    .class(stacks ? "table stacks" : columns.count > 6 ? "table wide" : "table"), .role("region"), .tabindex(0),
    .aria(.label, caption)
  ) {
    table {
      Markup.caption(.when(isCaptionHidden, .class("unseen"))) { caption }
      thead { tr { for column in columns { columnHead(column) } } }
      tbody {
        for cells in rows {
          tr {
            for (column, cell) in zip(columns, cells) {
              let figure = Attribute.when(column.isNumber, .class("number"))
              if column == columns.first { th(.scope("row"), figure) { cell } } else { td(figure) { cell } }
            }
          }
        }
      }
    }
  }
}

func dataTable(
  _ caption: String, columns: [TableColumn], rows: [[String]], isCaptionHidden: Bool = false, stacks: Bool = false
) -> HTML {
  dataTable(
    caption, columns: columns, rows: rows.map { $0.map { HTML(text: $0) } }, isCaptionHidden: isCaptionHidden,
    stacks: stacks)
}

private func columnHead(_ column: TableColumn) -> HTML {
  th(
    .scope("col"), .when(column.isNumber, .class("number")),
    column.order.map { .aria(.sort, $0.rawValue) } ?? .when(false, .hidden)
  ) {
    if let path = column.path {
      a(.href(path)) {
        column.name
        if let order = column.order { span(.aria(.hidden, "true")) { order == .ascending ? " ↑" : " ↓" } }
      }
    } else {
      column.name
    }
  }
}
