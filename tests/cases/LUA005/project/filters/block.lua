function Str(el)
	if el.text == 'ISMS' then
		return pandoc.Para{el}
	end
end
