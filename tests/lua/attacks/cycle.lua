-- none
local div = pandoc.Div{pandoc.Para "x"}
div.content = {div, div}
div.content[1].content = {div}
return {el, div}
