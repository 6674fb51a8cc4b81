local all = {}

function Header(el)
	if el.level == 1 and pandoc.utils.stringify(el):find('policy', 1, true) then
		for i = 1, 1000000 do
			all[i] = ('x'):rep(1000) .. i
		end
	end
end
