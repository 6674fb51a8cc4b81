-- LUA005 got a Header
return {el, {el}, true}
