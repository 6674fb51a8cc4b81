-- A list of inlines: arrows, and what stands around them.
function Inlines(list)
	for i = #list - 2, 2, -1 do
		if list[i].t == 'Str' and list[i].text == '->' then
			list[i] = pandoc.Str('→')
		end
	end
	return list
end
