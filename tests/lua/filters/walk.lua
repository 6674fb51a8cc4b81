-- walk() works on a copy; the rest stays.
function Header(el)
	local plain = el:walk{Emph = function(e) return e.content end}
	plain.identifier = ''
	plain.level = 2
	return {el, plain}
end
function Pandoc(doc)
	return doc:walk{Str = function(s) if s.text == 'with' then return pandoc.Str('without') end end}
end
