"""Normal form of HTML, after the description of CommonMark's specification tests: differences that mean nothing
(white space around blocks, order of attributes, entities, empty elements' slash) vanish."""
import html.parser
import re

BLOCKS = set("""article aside blockquote body button canvas caption center col colgroup dd div dl dt embed fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe li map noframes object ol option
output p pre progress script section style table tbody td textarea tfoot th thead tr ul video""".split())


class Normal(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out = []
        self.last = "block"  # what the output ends with: a block's tag, an inline's tag, or text
        self.in_pre = False

    def strip_end(self):
        if self.out and self.last == "text" and not self.in_pre:
            self.out[-1] = self.out[-1].rstrip(" \n\t")

    def tag(self, name, text):
        if name in BLOCKS:
            self.strip_end()
        self.out.append(text)
        self.last = "block" if name in BLOCKS else "inline"

    def handle_starttag(self, name, attributes):
        written = sorted(attributes)
        text = "<" + name
        for key, value in written:
            text += " " + key + ("" if value is None else '="%s"' % escape(value, True))
        self.tag(name, text + ">")
        if name == "br":
            self.last = "break"
        if name == "pre":
            self.in_pre = True

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)

    def handle_endtag(self, name):
        if name == "pre":
            self.in_pre = False
        self.tag(name, "</%s>" % name)

    def handle_data(self, data):
        if not self.in_pre:
            data = re.sub(r"\s+", " ", data)
            if self.last in ("block", "break") or (self.last == "text" and self.out[-1].endswith(" ")):
                data = data.lstrip(" ")
        if not data:
            return
        if self.last == "text":
            self.out[-1] += escape(data, False)
        else:
            self.out.append(escape(data, False))
        self.last = "text"

    def handle_entityref(self, name):
        self.character(html.unescape("&%s;" % name), "&%s;" % name)

    def handle_charref(self, name):
        self.character(html.unescape("&#%s;" % name), "&#%s;" % name)

    def character(self, text, written):
        if text in "<>&\"":
            text = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;"}[text]
        if self.last == "text":
            self.out[-1] += text
        else:
            self.out.append(text)
        self.last = "text"

    def handle_comment(self, data):
        self.other("<!--%s-->" % data)

    def handle_decl(self, data):
        self.other("<!%s>" % data)

    def unknown_decl(self, data):
        self.other("<![%s]>" % data)

    def handle_pi(self, data):
        self.other("<?%s>" % data)

    def other(self, text):
        self.out.append(text)
        self.last = "other"


def escape(text, quotes):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def normal(text):
    """The normal form of TEXT."""
    parser = Normal()
    # What html.parser cannot read stands for itself.
    parts = re.split(r"(<!\[CDATA\[.*?\]\]>)", text, flags=re.S)
    for part in parts:
        if part.startswith("<![CDATA["):
            parser.other(part)
        else:
            parser.feed(part)
    parser.close()
    parser.strip_end()
    return "".join(parser.out).strip()
