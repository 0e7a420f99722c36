import Markup

extension ForestPlot {
  /// The plot on a page: a wide and a narrow drawing, the key in words, and its table.
  package var html: HTML {
    chartFigure(
      wide: drawing(width: 760, id: "\(id)-wide"), narrow: drawing(width: 360, id: "\(id)-narrow"),
      caption: HTML(text: keyWords), table: table)
  }

  private var keyWords: String {
    var words = "Effect on \(measure), with \(confidence) % intervals; a larger square weighs more."
    if pooled != nil { words += " The diamond is all schools together." }
    if pooled?.prediction != nil { words += " The line through it is where a new school’s result would fall." }
    if pooled != nil, rows.contains(where: { !$0.isPooled }) { words += " Hollow squares are not pooled." }
    return words
  }

  /// The plot `width` units wide: below `ForestGeometry.wideFrom` it is laid out for a phone.
  package func drawing(width: Double, id: String, isFile: Bool = false) -> HTML {
    let place = ForestGeometry(self, width: width)
    return chartCanvas(
      id: id, width: width, height: place.height, fontSize: place.fontSize, name: name, description: description,
      hasLinks: rows.contains { $0.link != nil }, isFile: isFile
    ) {
      ForestDrawing(plot: self, place: place).content
    }
  }

  /// The same as rows and figures.
  package var table: HTML {
    let hasWeights = rows.contains { $0.weight != nil }
    var cells = rows.map { row in
      [
        HTML {
          if let link = row.link { a(.href(link)) { row.label } } else { row.label };
          if !row.detail.isEmpty { ", \(row.detail)" }
        },
        HTML(text: row.verdict.words), HTML(text: effectFigure(row.effect)),
        HTML(text: "\(effectFigure(row.low)) to \(effectFigure(row.high))"),
        HTML(text: row.weight.map { "\(figure($0 * 100, places: 0)) %" } ?? "–"),
      ]
    }
    if let pooled {
      cells.append(
        [
          "Together", "", effectFigure(pooled.effect), "\(effectFigure(pooled.low)) to \(effectFigure(pooled.high))",
          "100 %",
        ].map { HTML(text: $0) })
      if let new = pooled.prediction {
        cells.append(
          ["A new school", "", "–", "\(effectFigure(new.lowerBound)) to \(effectFigure(new.upperBound))", "–"].map {
            HTML(text: $0)
          })
      }
    }
    if unreported > 0 {
      cells.append(["Started, never reported: \(grouped(unreported))", "", "–", "–", "–"].map { HTML(text: $0) })
    }
    let columns = [
      TableColumn("School"), TableColumn("Verdict"), TableColumn("Effect", isNumber: true),
      TableColumn("\(confidence) % interval", isNumber: true), TableColumn("Weight", isNumber: true),
    ]
    return dataTable(
      "Effect on \(measure)", columns: hasWeights ? columns : Array(columns.dropLast()),
      rows: hasWeights ? cells : cells.map { Array($0.dropLast()) })
  }
}

/// Ink at the places that `ForestGeometry` found.
struct ForestDrawing {
  let plot: ForestPlot
  let place: ForestGeometry

  var content: HTML {
    HTML {
      axis
      for (row, spot) in zip(plot.rows, place.rows) { trial(row, spot) }
      together
      neverReported
    }
  }

  private var axis: HTML {
    g(.aria(.hidden, "true")) {
      for tick in place.ticks {
        let isZero = abs(tick.x - place.zero) < 0.01
        for span in place.spans {
          line(
            .x1(tick.x), .x2(tick.x), .y1(span.lowerBound), .y2(span.upperBound), .class(isZero ? "rule" : "axis"))
        }
        text(.x(tick.x), .y(place.plotBottom + place.fontSize * 1.2), .anchor(tickAnchor(tick)), .class("q")) {
          tick.words
        }
      }
      text(.x(place.zero - place.fontSize * 0.6), .y(place.headY), .anchor(.end), .class("q")) { "← \(plot.worse)" }
      text(.x(place.zero + place.fontSize * 0.6), .y(place.headY), .class("q")) { "\(plot.better) →" }
      if let x = place.weightX {
        text(.x(x), .y(place.headY), .anchor(.end), .class("q")) { "weight" }
      }
    }
  }

  /// Words at an edge lean inwards, so that they stay within the drawing.
  private func tickAnchor(_ tick: (x: Double, words: String)) -> TextAnchor {
    let half = textWidth(tick.words, size: place.fontSize) / 2
    return tick.x - half < 0 ? .start : tick.x + half > place.width ? .end : .middle
  }

  private func trial(_ row: ForestRow, _ spot: ForestGeometry.Row) -> HTML {
    g {
      verdictMark(row.verdict, textY: spot.textY)
      name(row, spot)
      text(.x(place.figureX), .y(figuresY(spot)), .anchor(.end), .class("q")) {
        effectWords(row.effect, row.low, row.high)
      }
      if let x = place.weightX, let weight = row.weight {
        text(.x(x), .y(figuresY(spot)), .anchor(.end), .class("q")) { "\(figure(weight * 100, places: 0)) %" }
      }
      g(.class(row.verdict.style)) { interval(spot, isPooled: row.isPooled) }
    }
  }

  private func figuresY(_ spot: ForestGeometry.Row) -> Double {
    place.isWide ? spot.y + place.fontSize * 0.34 : spot.textY
  }

  private func verdictMark(_ verdict: Verdict, textY: Double) -> HTML {
    let side = place.fontSize * 1.3
    return svg(
      .x(0), .y(textY - side * 0.78), .wide(side), .high(side), .viewBox(24, 24), .class(verdict.style), .role("img"),
      .aria(.label, verdict.words)
    ) { verdictShape(verdict) }
  }

  private func name(_ row: ForestRow, _ spot: ForestGeometry.Row) -> HTML {
    let words = text(.y(spot.textY)) {
      for (index, words) in spot.lines.enumerated() {
        tspan(.x(place.nameX), .y(spot.textY + Double(index) * place.lineHeight)) { words }
      }
      if fits(row.detail, after: spot.lines) { tspan(.class("q")) { " \(row.detail)" } }
    }
    guard let link = row.link else { return words }
    return a(.href(link)) { words }
  }

  /// The detail is left out, not squeezed in, where the name needs the room; the table has it.
  private func fits(_ detail: String, after lines: [String]) -> Bool {
    guard !detail.isEmpty else { return false }
    let used = textWidth("\(lines.last ?? "") \(detail)", size: place.fontSize)
    let edge = place.isWide ? place.scale.start - place.fontSize * 0.4 : place.figureX - figuresWidth
    return place.nameX + used < edge
  }

  private var figuresWidth: Double {
    plot.rows.map { textWidth(effectWords($0.effect, $0.low, $0.high), size: place.fontSize) }.max() ?? 0
  }

  private func interval(_ spot: ForestGeometry.Row, isPooled: Bool) -> HTML {
    HTML {
      line(.x1(spot.low), .x2(spot.high), .y1(spot.y), .y2(spot.y), .class("ink"), .stroke(1.7))
      if spot.isCutLow { arrow(at: spot.low, y: spot.y, direction: -1) }
      if spot.isCutHigh { arrow(at: spot.high, y: spot.y, direction: 1) }
      rect(
        .x(spot.x - spot.side / 2), .y(spot.y - spot.side / 2), .wide(spot.side), .high(spot.side), .rx(0.8),
        .class(isPooled ? "solid" : "unpooled"))
    }
  }

  private func arrow(at x: Double, y: Double, direction: Double) -> HTML {
    polygon(
      .points([
        Point(x: x + direction * 5, y: y), Point(x: x - direction, y: y - 3.6), Point(x: x - direction, y: y + 3.6),
      ]), .class("solid"))
  }

  private var together: HTML {
    HTML {
      if let all = plot.pooled, let spot = place.pooled, let divider = place.divider {
        line(.x1(0), .x2(place.width), .y1(divider), .y2(divider), .class("axis"))
        text(.x(0), .y(spot.textY), .class("strong")) {
          "Together, \(all.schools.map { counted($0, "school") } ?? counted(plot.rows.count, "trial"))"
        }
        text(.x(place.figureX), .y(spot.textY), .anchor(.end), .class("strong")) {
          effectWords(all.effect, all.low, all.high)
        }
        if let new = spot.prediction {
          line(.x1(new.lowerBound), .x2(new.upperBound), .y1(spot.y), .y2(spot.y), .class("rule"), .stroke(1.5))
          for end in [new.lowerBound, new.upperBound] {
            line(.x1(end), .x2(end), .y1(spot.y - 3.5), .y2(spot.y + 3.5), .class("rule"), .stroke(1.5))
          }
        }
        polygon(.points(spot.diamond), .class("diamond"))
      }
    }
  }

  private var neverReported: HTML {
    HTML {
      if let y = place.unreportedY {
        text(.x(place.nameX), .y(y), .class("q")) {
          "\(grouped(plot.unreported)) \(plot.rows.isEmpty ? "" : "more ")started, never reported"
        }
        let shown = min(plot.unreported, 8)
        let side = place.fontSize * 0.72
        for index in 0..<shown {
          rect(
            .x(place.figureX - side - Double(index) * side * 1.6), .y(y - side - 0.5), .wide(side), .high(side),
            .rx(0.8),
            .class("missing"))
        }
      }
    }
  }
}
