-- Counts in passing, says it at the end.
local words = 0
return {
	{Str = function(el) if el.text:match('%P') then words = words + 1 end end},
	{Pandoc = function(doc)
		doc.blocks:insert(pandoc.Para('Words: ' .. words))
		return doc
	end},
}
