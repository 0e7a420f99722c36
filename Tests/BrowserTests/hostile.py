"""What hostile people type, and how a page must look that shows it back."""
import re
import urllib.parse

import html5lib

# Stands in every payload, so that a page that shows one is known.
MARK = "zq9"

PAYLOADS = [
    f"{MARK}<script>evil()</script>",
    f'{MARK}"><img src=x onerror=evil()>',
    f"{MARK}'><svg onload=evil()>",
    f"{MARK}<svg><script>evil()</script></svg>",
    f"{MARK}</textarea><script>evil()</script>",
    f"{MARK}</title></style><script>evil()</script>",
    f"{MARK}<iframe srcdoc='<script>parent.evil()</script>'>",
    f"{MARK}<math><mtext><table><mglyph><style><img src=x onerror=evil()>",
    f"{MARK}<noscript><p title='</noscript><img src=x onerror=evil()>'>",
    f"{MARK}<!--><img src=x onerror=evil()>-->",
    f"{MARK}<![CDATA[><img src=x onerror=evil()>]]>",
    f"{MARK}<details open ontoggle=evil()><input autofocus onfocus=evil()>",
    f"{MARK}<base href=//evil.example><meta http-equiv=refresh content=0>",
    f"{MARK}<style>@import'//evil.example'</style><link rel=stylesheet href=//evil.example>",
    f"{MARK}<form action=//evil.example><button formaction=javascript:evil()>",
    f"{MARK} [a](javascript:evil()) [b](JaVaScRiPt:evil())",
    f"{MARK} [a](&#106;avascript:evil()) [b](java&#x0A;script:evil())",
    f"{MARK} [a](data:text/html,<script>evil()</script>) [b](vbscript:evil())",
    f"{MARK} <javascript:evil()> ![a](javascript:evil())",
    f"{MARK} ![a](https://evil.example/x.png) [![a](x)](javascript:evil())",
    f'{MARK} [a](https://a.example "onmouseover=evil()" onclick=evil())',
    f"{MARK} **<b onmouseover=evil()>** `<script>evil()</script>`",
    f"{MARK} @kofi-mensah\"><script>evil()</script> @<img src=x onerror=evil()>",
    f"{MARK} &lt;script&gt;evil()&lt;/script&gt; &#60;img src=x onerror=evil()&#62;",
    f"{MARK} &#0;&#xD800;&#x110000;&bogus;&amp;lt;script&amp;gt;",
    f"{MARK} {{{{constructor.constructor('evil()')()}}}} ${{evil()}} #{{evil()}} <%= evil() %> {{%raw%}}",
    f"{MARK} \u202eeliver\u202c \u2066over\u2069 \u200fright",
    f"{MARK}\u0000<scr\u0000ipt>evil()</script>\ufeff\u2028\u0085\u0008\u001b[2J",
    f"{MARK}\r\nBcc: evil@evil.example\r\n\r\n<script>evil()</script>",
    f"={MARK}+HYPERLINK(\"//evil.example\")",
    f"@{MARK}|cmd' OR 1=1; DROP TABLE post --",
]

# What only means something over several lines; for fields of many.
LONG = [
    f"| {MARK} | b |\n|---|---|\n| <img src=x onerror=evil()> | [x](javascript:evil()) |",
    f"- [ ] {MARK} <input onfocus=evil() autofocus>\n- [x] <svg onload=evil()>",
    f"{MARK}[^1]\n\n[^1]: <img src=x onerror=evil()> [a](javascript:evil())",
    f"[{MARK}]\n\n[{MARK}]: javascript:evil() \"<img src=x onerror=evil()>\"",
    f"```{MARK} onload=evil()\n</code></pre><script>evil()</script>\n```",
    f"<div>\n\n{MARK} *</div><script>evil()</script>*\n\n</div>",
    f"> {MARK}\n> > <script>evil()</script>\n\n# <img src=x onerror=evil()>\n\n---",
]

ELEMENTS = set(
    "html head meta title link script body header nav main footer section article aside div p span h1 h2 h3 h4 h5 h6 "
    "ul ol li dl dt dd a button form input textarea select option optgroup label fieldset legend search "
    "table caption colgroup col thead tbody tfoot tr th td blockquote pre code em strong b i small sub sup del ins mark "
    "br hr time abbr details summary dialog figure figcaption img kbd samp output "
    "svg g path circle rect line polyline polygon ellipse text tspan defs use pattern clipPath desc symbol".split()
)

ATTRIBUTES = set(
    "id class lang dir role title label property enterkeyhint href hreflang rel type name value content charset media sizes src alt width height "
    "action method enctype for placeholder required disabled readonly checked selected multiple autofocus autocomplete "
    "autocapitalize inputmode spellcheck maxlength minlength min max step pattern rows cols accept list size wrap "
    "tabindex hidden open datetime colspan rowspan scope headers start reversed align download formnovalidate novalidate "
    "popover popovertarget popovertargetaction accesskey translate crossorigin integrity async defer nomodule "
    "viewBox preserveAspectRatio xmlns x y x1 y1 x2 y2 cx cy r rx ry d points dx dy fill stroke transform focusable "
    "text-anchor dominant-baseline stroke-width stroke-dasharray stroke-linecap stroke-linejoin fill-opacity opacity "
    "font-size font-weight letter-spacing textLength lengthAdjust markerWidth markerHeight patternUnits vector-effect".split()
)

ADDRESSES = {"href", "src", "action", "cite", "poster", "data", "formaction", "background", "ping", "srcset", "manifest"}
SCHEMES = {"", "http", "https", "mailto", "otpauth", "webcal"}


def faults(text, where):
    """What a parser of the HTML standard finds in a page that no page of ours holds."""
    found = []
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text):
        found.append("holds control characters, or marks that turn text around")
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for each in tree.iter():
        if not isinstance(each.tag, str):
            # What cmark writes where somebody typed HTML.
            if each.text != " raw HTML omitted ":
                found.append(f"holds a comment: {each.text!r}")
            continue
        name = each.tag.rpartition("}")[2]
        if name not in ELEMENTS:
            found.append(f"holds <{name}>")
        if name == "script" and ("".join(each.itertext()).strip() or not each.get("src", "").startswith("/assets/")):
            found.append("holds a script of its own")
        if name == "img" and not each.get("src", "").startswith(("/", "data:image/png", "data:image/svg")):
            found.append(f"shows a picture of another host: {each.get('src')!r}")
        for attribute, value in each.attrib.items():
            found += fault_of(name, attribute.rpartition("}")[2], value)
    return [f"{where} {each}" for each in found]


def fault_of(element, attribute, value):
    known = attribute in ATTRIBUTES or attribute.startswith(("data-", "aria-"))
    if not known or attribute.startswith("on"):
        return [f"holds <{element} {attribute}={value!r}>"]
    if attribute in ADDRESSES:
        address = re.sub(r"[\x00-\x20]", "", value)
        if urllib.parse.urlsplit(address).scheme.lower() not in SCHEMES and not (
            element == "img" and address.startswith("data:image/")
        ):
            return [f"leads <{element}> to {value!r}"]
    if attribute == "http-equiv":
        return [f"holds <meta http-equiv={value!r}>"]
    return []
