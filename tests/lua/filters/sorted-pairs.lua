-- pairs goes by key, sort keeps equals in order, random is the same each time.
function Para()
	local out, keys = {}, {}
	for i = 1, 40 do keys['k' .. (i * 7919) % 1000] = i end
	for k in pairs(keys) do out[#out + 1] = k end
	local first = table.concat(out, ' ')
	table.sort(out)
	local list = {}
	for i = 1, 200 do list[i] = {i % 3, i} end
	table.sort(list, function(a, b) return a[1] < b[1] end)
	local stable = true
	for i = 2, 200 do stable = stable and (list[i - 1][1] < list[i][1] or list[i - 1][2] < list[i][2]) end
	return pandoc.Para(tostring(first == table.concat(out, ' ')) .. ' ' .. tostring(stable) .. ' ' .. math.random(1000000) ..
		' ' .. tostring({}) .. ' ' .. tostring(print) .. ' ' .. string.format('%s', function() end))
end
