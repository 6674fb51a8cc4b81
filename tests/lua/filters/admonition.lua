-- A quotation that starts with a bold word becomes a Div with that class.
function BlockQuote(el)
	local first = el.content[1]
	if first.t == 'Para' and first.content[1].t == 'Strong' then
		local class = pandoc.utils.stringify(first.content[1]):lower()
		first.content:remove(1)
		first.content:remove(1)
		return pandoc.Div(el.content, pandoc.Attr('', {'admonition', class}, {role = 'note'}))
	end
end
