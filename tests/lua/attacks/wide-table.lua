-- LUA002 cells
local wide, rows = {}, {}
for i = 1, 2000 do wide[i] = pandoc.Cell "x" end
for i = 1, 2000 do rows[i] = pandoc.Row{} end
rows[1] = pandoc.Row(wide)
return pandoc.Table({}, {}, pandoc.TableHead{}, {pandoc.TableBody(rows)})
