function Header(el)
	if el.level == 1 then
		return el
end
