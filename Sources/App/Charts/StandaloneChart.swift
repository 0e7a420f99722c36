import Markup

/// The style that a drawing carries with it when it is a file of its own: light, dark and every class. It holds no character
/// that escaping changes.
func standaloneStyleElement() -> HTML { HTML("style", [], HTML(text: standaloneStyle)) }

/// The tokens and the rules of Public/css/charts.css that drawings use; a test holds that no class is missing.
let standaloneStyle = """
  svg{--paper:#fbfaf6;--ink:#1c2420;--quiet:#56615a;--line:#dedfd6;--spruce:#17594a;--maple:#b23a2a;--worked:#2467a6;\
  --mixed:#986100;--didnot:#84427f;--early:#626c66;background:var(--paper);font-variant-numeric:tabular-nums}
  @media (prefers-color-scheme:dark){svg{--paper:#131714;--ink:#e9ece6;--quiet:#a3ada6;--line:#2e3631;--spruce:#7cc5ac;\
  --maple:#ea8a76;--worked:#86b9ea;--mixed:#e0b057;--didnot:#d3a0cf;--early:#97a29b}}
  text{font-family:system-ui,sans-serif;fill:var(--ink);stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;\
  paint-order:stroke}
  .q{fill:var(--quiet)}.strong{font-weight:600}.mark{fill:var(--maple)}.noted,.aim{fill:var(--spruce)}
  .worked{color:var(--worked)}.mixed{color:var(--mixed)}.didnot{color:var(--didnot)}.early{color:var(--early)}\
  .told{color:var(--quiet)}
  .solid{fill:currentColor}.open{fill:none;stroke:currentColor}.cut{fill:none;stroke:var(--paper)}\
  .ink{stroke:currentColor;fill:none}
  .axis{stroke:var(--line);fill:none}.rule{stroke:var(--ink);fill:none}.diamond{fill:var(--ink)}\
  .missing{fill:none;stroke:var(--quiet)}
  .path{fill:none;stroke:var(--quiet);stroke-width:1.2}.limit{fill:none;stroke:var(--quiet);stroke-dasharray:5 4}
  .target{stroke:var(--spruce);stroke-dasharray:9 3 2 3;stroke-width:1.3}.note{stroke:var(--spruce);stroke-dasharray:2 3}
  .dot{fill:var(--ink)}.special{fill:var(--maple)}.hollow{fill:var(--paper);stroke:var(--quiet)}\
  .ring{fill:none;stroke:var(--maple);stroke-width:1.6}.own{fill:var(--spruce)}
  """
