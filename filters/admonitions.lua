-- Boxes: a quotation whose first word is bold and one of those below becomes a note with that class.
--
-- > **Warning** Never send a password by mail.

local classes = {note = true, tip = true, important = true, warning = true, caution = true}

function BlockQuote(el)
	local first = el.content[1]
	local word = first and first.t == 'Para' and first.content[1]
	if not word or word.t ~= 'Strong' then
		return nil
	end
	local class = pandoc.utils.stringify(word):lower():gsub(':$', '')
	if not classes[class] then
		return nil
	end
	return pandoc.Div(el.content, pandoc.Attr('', {'admonition', class}, {role = 'note'}))
end
