-- The text of a heading as an attribute of it.
local stringify = pandoc.utils.stringify
function Header(el)
	el.attributes['data-text'] = stringify(el):upper()
	return el
end
