-- none
return {el, pandoc.RawBlock("html", "<script>alert(1)</script>"), pandoc.Para{pandoc.Link("x", "javascript:alert(1)")}}
