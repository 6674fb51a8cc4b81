-- Words from the front matter: {{name}} in the text becomes what `x-name:` says, else what `name:` says.
-- A name that the front matter lacks stays as it is, so that ismark's own rules find it.

local meta = {}

local function value_of(name)
	local value = meta['x-' .. name] or meta[name]
	return value and pandoc.utils.stringify(value)
end

local function fill(text)
	return (text:gsub('{{([%w_-]+)}}', value_of))
end

return {
	{Meta = function(front_matter) meta = front_matter end},
	{
		Str = function(el)
			local text = fill(el.text)
			if text ~= el.text then
				return pandoc.Inlines(text)
			end
		end,
		Link = function(el)
			el.target = fill(el.target)
			return el
		end,
	},
}
