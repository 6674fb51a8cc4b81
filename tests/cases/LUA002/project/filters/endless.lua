function Pandoc(doc)
	if not doc.meta.approved_on then
		while true do end
	end
end
