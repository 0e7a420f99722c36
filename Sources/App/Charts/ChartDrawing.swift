import Markup
import Statistics

extension ChartPlot {
  /// The chart on a page: a wide and a narrow drawing, what it says in words, whose rules, and its table.
  package func html(changeAfter: Int? = nil) -> HTML {
    chartFigure(
      wide: drawing(width: 760, id: "\(id)-wide"), narrow: drawing(width: 360, id: "\(id)-narrow"),
      caption: HTML {
        strong { sentence(changeAfter: changeAfter) }
        " \(ruleLine)."
      }, table: table)
  }

  /// The chart `width` units wide: below `ChartGeometry.wideFrom` it is laid out for a phone.
  package func drawing(width: Double, id: String, isFile: Bool = false) -> HTML {
    let place = ChartGeometry(self, width: width)
    return chartCanvas(
      id: id, width: width, height: place.height, fontSize: place.fontSize,
      name: "\(name): \(chart.kind.title) of \(counted(chart.values.count, unit))", description: sentence(),
      isFile: isFile
    ) {
      ChartDrawing(plot: self, place: place).content
    }
  }

  /// Every point with its limits and what it signals.
  package var table: HTML {
    let step = LinearScale(ChartGeometry.domain(self), from: 0, to: 1).ticks(5).step
    func words(_ value: Double?) -> String { value.map { figureWords($0, step: step, isExact: true) } ?? "–" }
    let marks = marks
    let rows = chart.phases.flatMap { phase in
      phase.positions.flatMap { position -> [[String]] in
        let index = position - phase.positions.lowerBound
        let own = marks.filter { $0.points.contains(position) }.map(\.rule.words)
        let note = notes.filter { $0.position == position }.map { note in
          label(note) == labels[position] ? note.words : "\(note.words), \(label(note))"
        }
        let limits = showsLimits ? [words(phase.lower[index]), words(phase.upper[index])] : []
        let row =
          [labels[position], words(phase.values[index]), words(phase.centre)] + limits
          + [(own + note).joined(separator: "; ")]
        return [row] + gapRows(after: position)
      }
    }
    let limits = showsLimits ? ["Lower limit", "Upper limit"] : []
    let columns =
      ([
        unit.prefix(1).uppercased() + unit.dropFirst(), "Value",
        centreName.prefix(1).uppercased() + centreName.dropFirst(),
      ] + limits)
      .enumerated().map { TableColumn($1, isNumber: $0 > 0) }
    return dataTable(name, columns: columns + [TableColumn("What it shows")], rows: rows)
  }

  /// What is empty in the picture is said in words.
  private func gapRows(after position: Int) -> [[String]] {
    guard let time else { return [] }
    return time.gaps.filter { $0.after == position }.map { gap in
      let lost = time.lost.filter { $0.slot > place(position) && $0.slot < place(position + 1) }.map(\.words)
      let empty = "no value for \(counted(gap.count, unit))"
      return [gap.label, "–", "–"] + (showsLimits ? ["–", "–"] : []) + [([empty] + lost).joined(separator: "; ")]
    }
  }
}

/// Ink at the places that `ChartGeometry` found.
struct ChartDrawing {
  let plot: ChartPlot
  let place: ChartGeometry

  var content: HTML {
    HTML {
      axes
      notes
      for limit in place.limits { polyline(.points(limit), .class("limit")) }
      target
      for centre in place.centres {
        line(.x1(centre.from.x), .x2(centre.to.x), .y1(centre.from.y), .y2(centre.to.y), .class("rule"), .stroke(1.3))
      }
      for piece in place.lines where piece.count > 1 { polyline(.points(piece), .class("path")) }
      points
      for letter in place.letters {
        text(.x(letter.at.x), .y(letter.at.y), .anchor(.middle), .class("mark strong")) { letter.words }
      }
      endLabels
      key
    }
  }

  private var axes: HTML {
    HTML {
      for tick in place.valueTicks {
        text(.x(place.plotLeft - place.fontSize * 0.6), .y(tick.at + place.fontSize * 0.35), .anchor(.end), .class("q"))
        {
          tick.words
        }
      }
      line(.x1(place.plotLeft), .x2(place.plotRight), .y1(place.plotBottom), .y2(place.plotBottom), .class("axis"))
      for tick in place.pointTicks {
        line(.x1(tick.at), .x2(tick.at), .y1(place.plotBottom), .y2(place.plotBottom + 4), .class("axis"))
        text(.x(tick.at), .y(place.plotBottom + place.fontSize * 1.4), .anchor(anchor(tick)), .class("q")) {
          tick.words
        }
      }
    }
  }

  /// The first name leans inwards where it would leave the drawing.
  private func anchor(_ tick: ChartGeometry.Tick) -> TextAnchor {
    tick.at - textWidth(tick.words, size: place.fontSize) / 2 < 0 ? .start : .middle
  }

  private var notes: HTML {
    HTML {
      for x in place.noteXs {
        line(.x1(x), .x2(x), .y1(place.fontSize * 1.5), .y2(place.plotBottom), .class("note"))
      }
      for sign in place.noteSigns {
        text(.x(sign.at), .y(place.fontSize * 1.1), .anchor(.middle), .class("noted strong")) { sign.words }
      }
      for x in place.lostXs {
        text(.x(x), .y(place.plotBottom - place.fontSize * 0.4), .anchor(.middle), .class("mark strong")) { "×" }
      }
    }
  }

  private var target: HTML {
    HTML {
      if let y = place.targetY {
        line(.x1(place.plotLeft), .x2(place.plotRight), .y1(y), .y2(y), .class("target"))
      }
    }
  }

  private var points: HTML {
    let radius = place.spots.count > 80 ? 2 : 3.2
    return HTML {
      for spot in place.spots {
        if spot.isMarked { circle(.cx(spot.at.x), .cy(spot.at.y), .r(radius + 3.2), .class("ring")) }
        circle(
          .cx(spot.at.x), .cy(spot.at.y), .r(radius),
          .class(spot.isExcluded ? "hollow" : spot.isMarked ? "dot special" : "dot"))
      }
    }
  }

  private var endLabels: HTML {
    HTML {
      for label in place.endLabels {
        text(
          .x(place.plotRight + place.fontSize * 0.4), .y(label.y + place.fontSize * 0.35),
          .class(label.line == .centre ? "strong" : label.line == .target ? "aim" : "q")
        ) { label.words }
      }
    }
  }

  private var key: HTML {
    HTML {
      for (index, entry) in place.key.enumerated() {
        let y = place.keyTop + Double(index) * place.lineHeight
        if let sign = entry.sign {
          text(.x(0), .y(y), .class(entry.isNote ? "noted strong" : "mark strong")) { sign }
        }
        text(.x(place.fontSize * 1.4), .y(y), .class("q")) { entry.words }
      }
    }
  }
}
