-- LUA005 inlines expected
el.content = {pandoc.Str "x"} el.content[1] = pandoc.Para "x" return el
