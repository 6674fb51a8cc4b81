-- A list of blocks: numbers before each, in every list.
function Blocks(blocks)
	for i, block in ipairs(blocks) do
		if block.t == 'Para' then
			block.content:insert(1, pandoc.Str('(' .. i .. ')'))
			block.content:insert(2, pandoc.Space())
		end
	end
	return blocks
end
