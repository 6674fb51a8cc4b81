function header(el)
	return el
end
