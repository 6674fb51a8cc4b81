-- Inlines, lists of inlines, blocks, lists of blocks, Meta, Pandoc.
local log = {}
local function note(name) return function() log[#log + 1] = name end end
Str, Inlines, Para, BlockQuote, Blocks, Meta = note 's', note 'I', note 'P', note 'Q', note 'B', note 'M'
function Pandoc(doc)
	doc.blocks = {pandoc.Para(table.concat(log))}
	return doc
end
