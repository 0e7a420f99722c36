/// What stands between an element's tags.
public typealias Content = () -> HTML

extension HTML {
  /// An element with its attributes; `content` nil writes a void element, which has no end tag.
  public init(_ tag: StaticString, _ attributes: [Attribute], _ content: HTML?) {
    bytes.reserveCapacity(32 + 24 * attributes.count + (content?.bytes.count ?? 0))
    bytes.append(UInt8(ascii: "<"))
    bytes.append(tag)
    for attribute in attributes where !attribute.isNothing {
      bytes.append(UInt8(ascii: " "))
      bytes.append(attribute.name)
      guard let value = attribute.value else { continue }
      bytes.append("=\"")
      bytes.append(escaping: value)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    guard let content else { return }
    bytes.append(contentsOf: content.bytes)
    bytes.append("</")
    bytes.append(tag)
    bytes.append(UInt8(ascii: ">"))
  }

  public static let doctype = HTML(trusted: "<!doctype html>\n")
}

// MARK: HTML, one function per element, named as in the standard

public func html(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("html", attributes, content())
}
public func head(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("head", attributes, content())
}
public func body(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("body", attributes, content())
}
public func title(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("title", attributes, content())
}
public func main(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("main", attributes, content())
}
public func header(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("header", attributes, content())
}
public func footer(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("footer", attributes, content())
}
public func nav(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("nav", attributes, content())
}
public func section(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("section", attributes, content())
}
public func article(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("article", attributes, content())
}
public func aside(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("aside", attributes, content())
}
public func div(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("div", attributes, content())
}
public func span(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("span", attributes, content())
}
public func p(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("p", attributes, content())
}
public func a(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("a", attributes, content())
}
public func h1(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("h1", attributes, content())
}
public func h2(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("h2", attributes, content())
}
public func h3(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("h3", attributes, content())
}
public func h4(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("h4", attributes, content())
}
public func ul(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("ul", attributes, content())
}
public func ol(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("ol", attributes, content())
}
public func li(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("li", attributes, content())
}
public func table(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("table", attributes, content())
}
public func caption(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("caption", attributes, content())
}
public func thead(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("thead", attributes, content())
}
public func tbody(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("tbody", attributes, content())
}
public func tfoot(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("tfoot", attributes, content())
}
public func tr(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("tr", attributes, content())
}
public func th(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("th", attributes, content())
}
public func td(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("td", attributes, content())
}
public func form(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("form", attributes, content())
}
public func label(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("label", attributes, content())
}
public func button(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("button", attributes, content())
}
public func select(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("select", attributes, content())
}
public func option(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("option", attributes, content())
}
public func optgroup(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("optgroup", attributes, content())
}
public func textarea(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("textarea", attributes, content())
}
public func strong(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("strong", attributes, content())
}
public func em(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("em", attributes, content())
}
public func b(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("b", attributes, content())
}
public func i(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("i", attributes, content())
}
public func small(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("small", attributes, content())
}
public func time(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("time", attributes, content())
}
public func dl(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("dl", attributes, content())
}
public func dt(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("dt", attributes, content())
}
public func dd(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("dd", attributes, content())
}
public func fieldset(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("fieldset", attributes, content())
}
public func legend(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("legend", attributes, content())
}
public func figure(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("figure", attributes, content())
}
public func figcaption(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("figcaption", attributes, content())
}
public func blockquote(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("blockquote", attributes, content())
}
public func code(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("code", attributes, content())
}
public func pre(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("pre", attributes, content())
}
public func mark(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("mark", attributes, content())
}
public func abbr(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("abbr", attributes, content())
}
public func del(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("del", attributes, content())
}
public func ins(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("ins", attributes, content())
}
public func details(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("details", attributes, content())
}
public func summary(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("summary", attributes, content())
}
public func output(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("output", attributes, content())
}
public func progress(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("progress", attributes, content())
}
public func datalist(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("datalist", attributes, content())
}
public func noscript(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("noscript", attributes, content())
}
public func script(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("script", attributes, content())
}

// Void elements

public func input(_ attributes: Attribute...) -> HTML { HTML("input", attributes, nil) }
public func meta(_ attributes: Attribute...) -> HTML { HTML("meta", attributes, nil) }
public func link(_ attributes: Attribute...) -> HTML { HTML("link", attributes, nil) }
public func hr(_ attributes: Attribute...) -> HTML { HTML("hr", attributes, nil) }
public func br(_ attributes: Attribute...) -> HTML { HTML("br", attributes, nil) }
public func img(_ attributes: Attribute...) -> HTML { HTML("img", attributes, nil) }

// MARK: SVG

public func svg(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("svg", attributes, content())
}
public func g(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("g", attributes, content())
}
public func text(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("text", attributes, content())
}
public func tspan(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("tspan", attributes, content())
}
public func defs(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("defs", attributes, content())
}
public func symbol(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("symbol", attributes, content())
}
public func desc(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.init) -> HTML {
  HTML("desc", attributes, content())
}

public func line(_ attributes: Attribute...) -> HTML { HTML("line", attributes, HTML()) }
public func path(_ attributes: Attribute...) -> HTML { HTML("path", attributes, HTML()) }
public func rect(_ attributes: Attribute...) -> HTML { HTML("rect", attributes, HTML()) }
public func circle(_ attributes: Attribute...) -> HTML { HTML("circle", attributes, HTML()) }
public func polyline(_ attributes: Attribute...) -> HTML { HTML("polyline", attributes, HTML()) }
public func polygon(_ attributes: Attribute...) -> HTML { HTML("polygon", attributes, HTML()) }
public func use(_ attributes: Attribute...) -> HTML { HTML("use", attributes, HTML()) }
