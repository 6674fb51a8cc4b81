local counts = {0, 0, 0, 0, 0, 0}
function Header(el)
	counts[el.level] = counts[el.level] + 1
	for i = el.level + 1, 6 do counts[i] = 0 end
	local number = table.concat(counts, '.', 1, el.level)
	el.content = pandoc.List{pandoc.Span(number, {class = 'number'} and pandoc.Attr('', {'number'})), pandoc.Space()} .. el.content
	return el
end
