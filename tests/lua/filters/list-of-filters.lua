-- Globals end with the filter; its result does not.
left = 'over'
return {
	{Str = function(el) el.text = el.text .. 'a' return el end},
	{Str = function(el) el.text = el.text .. 'b' return el end},
	{Para = function(el) el.content:insert(pandoc.Str(tostring(_G.left))) return el end},
}
