-- Languages, and code to something else.
function CodeBlock(el)
	if el.classes:includes('yaml') then
		el.classes:extend{'numbered'}
		el.text = el.text:gsub('risk', 'asset')
		el.identifier = 'example'
		return el
	end
end
function Code(el)
	return pandoc.RawInline('html', '<kbd>' .. el.text .. '</kbd>')
end
