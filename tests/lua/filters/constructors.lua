-- Every constructor.
function Para()
	return {
		pandoc.Header(2, 'A heading', pandoc.Attr('made', {'c'}, {lang = 'en'})),
		pandoc.Plain{pandoc.Str 'plain', pandoc.SoftBreak(), pandoc.Code('c', {'', {'k'}}), pandoc.LineBreak(), pandoc.Strikeout 'x'},
		pandoc.Para{pandoc.Link('link', 'https://example.org/', 'title'), pandoc.Space(), pandoc.Span('span', {'id1'}),
			pandoc.Image('picture', 'a.png')},
		pandoc.CodeBlock('code', {'', {'lua', 'wide'}}),
		pandoc.RawBlock('html', '<hr>'),
		pandoc.RawBlock('latex', '\\newpage'),
		pandoc.BlockQuote{pandoc.Para 'quoted', 'string', pandoc.Emph 'inline'},
		pandoc.BulletList{{pandoc.Plain 'a'}, {pandoc.Plain 'b', pandoc.BulletList{'c'}}},
		pandoc.OrderedList({'x', 'y'}, {3, 'Decimal', 'Period'}),
		pandoc.Div({}, {'empty'}),
		pandoc.Table({}, {}, pandoc.TableHead{pandoc.Row{pandoc.Cell 'H'}}, {pandoc.TableBody{pandoc.Row{pandoc.Cell '1', pandoc.Cell '2'}}}, nil, {'t'}),
		pandoc.HorizontalRule(),
	}
end
