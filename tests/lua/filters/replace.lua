-- One element for another, with its content.
function Emph(el) return pandoc.Strong(el.content) end
function Strikeout(el) return pandoc.Span(el.content, pandoc.Attr('', {'gone'})) end
