-- Short names of links.
function Link(el)
	el.target = el.target:gsub('^wiki:(.*)$', 'https://wiki.example.net/%1')
	if el.title ~= '' then el.title = '' end
	return el
end
