-- An empty list deletes.
function BlockQuote() return {} end
function Image() return {} end
function HorizontalRule() return {} end
