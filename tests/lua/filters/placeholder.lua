-- {{name}} from the front matter, x-name.
local meta = {}
return {
	{Meta = function(m) meta = m end},
	{Str = function(el)
		local text = el.text:gsub('{{([%w-]+)}}', function(name) return meta['x-' .. name] end)
		if text ~= el.text then return pandoc.Inlines(text) end
	end},
}
