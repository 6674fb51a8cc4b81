-- Items keep their boxes, lists their start.
function BulletList(el)
	el.content:insert(2, {pandoc.Plain('new')})
	el.content:remove(#el.content)
	return el
end
function OrderedList(el)
	el.start = el.start * 2
	el.content = el.content:map(function(item) return {pandoc.Plain(pandoc.utils.stringify(item):upper())} end)
	return el
end
