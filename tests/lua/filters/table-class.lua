-- Class, row headings, alignment, and a total.
function Table(el)
	el.classes:insert('register')
	el.attributes.role = 'table'
	local rows = el.bodies[1].body
	for i, row in ipairs(rows) do
		row.cells[1].contents = {pandoc.Plain{pandoc.Strong(row.cells[1].contents[1].content)}}
		row.cells[2].alignment = 'AlignCenter'
	end
	rows:insert(pandoc.Row{pandoc.Cell{pandoc.Plain'Total'}, pandoc.Cell{pandoc.Plain(tostring(#rows))}})
	return el
end
