-- Front matter with defaults, then words from it.
local meta
local function read(m)
	m.status = m.status or 'draft'
	meta = m
	return m
end
local function fill(el)
	local name, rest = el.text:match('^(%u%u+)(%p?)$')
	if name and meta[name:lower()] then
		return {pandoc.Str(pandoc.utils.stringify(meta[name:lower()])), pandoc.Str(rest)}
	end
end
return {{Meta = read}, {Str = fill}}
