-- A list takes the place of one element.
function Str(el)
	if el.text == 'two' then
		return {pandoc.Str('two'), pandoc.Space(), pandoc.Emph('and a half')}
	end
end
function Para(el)
	return {el, pandoc.HorizontalRule()}
end
