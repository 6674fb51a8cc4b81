/* ismark's search: how words are cut, as src/site/search_token.h says, and how the index is asked. Needs MiniSearch, above.
 * Pages get it as search/engine.js, with search/index.js (ismarkSearchData) and search/text.js (ismarkSearchTexts):
 *   const search = ismarkSearch.open(ismarkSearchData);
 *   search.find("access rights", {kind, status, owner}) -> [result], best first; filters are optional, names as in
 *     search.kinds, search.statuses, search.owners
 *   result: {id, title, href from the root of the site, kind, status, owner, within: title of what a section stands in}
 *   search.mark(result, text) -> [[piece, is a hit]]; search.snippet(result, texts, size) -> the same, of its text near a hit */
globalThis.ismarkSearch = (function () {
	'use strict';

	const TOKEN_MAX = 64;
	const TOKENS_MAX = 20000;
	const PART = '[\\p{L}\\p{M}\\p{N}\\u00AD]+';
	const RUN = new RegExp(`${PART}(?:[._\\-\\u2010\\u2011]${PART})*`, 'gu');
	const WHOLE = /^.*\p{N}[\p{L}\p{M}\p{N}\u00AD]*/su;
	const PARTS = new RegExp(PART, 'gu');

	/* Simple lower case: one code point for one, whatever stands beside it. */
	function lower(text) {
		return Array.from(text, (c) => String.fromCodePoint(c.toLowerCase().codePointAt(0))).join('');
	}

	function clean(word) {
		const letters = Array.from(word.replace(/\u00AD/g, '').replace(/[\u2010\u2011]/g, '-'));
		return lower(letters.slice(0, TOKEN_MAX).join('').normalize('NFC'));
	}

	/* The raw words of a run with their places. */
	function cut(run, at) {
		const whole = WHOLE.exec(run);
		const words = whole ? [[whole[0], at]] : [];
		const rest = whole ? whole[0].length : 0;
		for (const part of run.slice(rest).matchAll(PARTS))
			words.push([part[0], at + rest + part.index]);
		return words;
	}

	/* The tokens of TEXT with their places: {term, from, to}. */
	function words(text) {
		const found = [];
		for (const run of text.matchAll(RUN)) {
			for (const [word, from] of cut(run[0], run.index)) {
				const term = clean(word);
				if (term && found.length === TOKENS_MAX)
					return found;
				if (term)
					found.push({term, from, to: from + word.length});
			}
		}
		return found;
	}

	function tokenize(text) {
		return words(text).map((word) => word.term);
	}

	function isId(term) {
		return /\p{N}/u.test(term);
	}

	const options = {
		idField: 'number',
		fields: ['id', 'title', 'text'],
		tokenize: (text) => tokenize(text),
		processTerm: (term) => term,
		searchOptions: {
			boost: {id: 8, title: 3},
			prefix: true,
			fuzzy: (term) => !isId(term) && term.length > 4 ? 0.2 : false,
			combineWith: 'AND',
		},
	};

	/* A bare 5.15 means A.5.15 too. */
	function query(term) {
		return /^[5-8]\.\d+$/.test(term) ? {combineWith: 'OR', queries: [term, 'a.' + term]} : term;
	}

	/* Entries are [id, title, href, kind, status, owner], sections [number of the entry they stand in, title, #fragment]. */
	function entryOf(data, number) {
		const entry = data.entries[number];
		const isSection = typeof entry[0] === 'number';
		const page = isSection ? data.entries[entry[0]] : entry;
		return {
			number,
			id: isSection ? '' : page[0],
			title: entry[1],
			href: isSection ? page[2] + entry[2] : page[2],
			kind: data.kinds[page[3]],
			status: data.statuses[page[4]],
			owner: data.owners[page[5]],
			within: isSection ? (page[0] ? page[0] + ' ' : '') + page[1] : '',
		};
	}

	function passes(entry, wanted) {
		return ['kind', 'status', 'owner'].every((name) => !wanted[name] || entry[name] === wanted[name]);
	}

	function pieces(text, from, to, hits) {
		const list = [];
		let at = from;
		for (const hit of hits) {
			if (hit.from < at || hit.to > to)
				continue;
			if (hit.from > at)
				list.push([text.slice(at, hit.from), false]);
			list.push([text.slice(hit.from, hit.to), true]);
			at = hit.to;
		}
		if (at < to)
			list.push([text.slice(at, to), false]);
		return list;
	}

	function hitsIn(result, text) {
		return words(text).filter((word) => result.terms.has(word.term));
	}

	function mark(result, text) {
		return pieces(text, 0, text.length, hitsIn(result, text));
	}

	/* The start of the window of SIZE with the most different terms; the first of equals. */
	function bestStart(hits, size) {
		let best = hits[0], most = 0;
		for (let i = 0; i < hits.length && i < 500; i++) {
			const terms = new Set();
			for (let k = i; k < hits.length && k < i + 50 && hits[k].to <= hits[i].from + size; k++)
				terms.add(hits[k].term);
			if (terms.size > most) {
				most = terms.size;
				best = hits[i];
			}
		}
		return best.from;
	}

	function snippet(result, texts, size) {
		const text = texts[result.number] || '';
		const hits = hitsIn(result, text);
		let from = hits.length ? Math.max(0, bestStart(hits, size / 2) - Math.floor(size / 4)) : 0;
		if (from > 0)
			from = text.indexOf(' ', from) + 1;
		let to = Math.min(text.length, from + size);
		if (to < text.length)
			to = Math.max(text.lastIndexOf(' ', to), from + size / 2);
		const list = pieces(text, from, to, hits);
		if (from > 0)
			list.unshift(['… ', false]);
		if (to < text.length)
			list.push([' …', false]);
		return list;
	}

	function open(data) {
		const index = MiniSearch.loadJS(data.index, options);

		function ask(terms, combineWith, wanted) {
			const filter = (found) => passes(entryOf(data, found.id), wanted);
			return index.search({combineWith, queries: terms.map(query)}, {filter});
		}

		/* What has every word; when nothing has, what has any. */
		function find(text, wanted = {}) {
			const terms = tokenize(text);
			if (!terms.length)
				return Object.values(wanted).some(Boolean) ? all(wanted) : [];
			let found = ask(terms, 'AND', wanted);
			if (!found.length && terms.length > 1)
				found = ask(terms, 'OR', wanted);
			return found.map((one) => ({...entryOf(data, one.id), score: one.score, terms: new Set(Object.keys(one.match))}));
		}

		function all(wanted) {
			return data.entries.map((_, number) => entryOf(data, number))
				.filter((entry) => !entry.within && passes(entry, wanted))
				.map((entry) => ({...entry, score: 0, terms: new Set()}));
		}

		const names = (list) => list.filter(Boolean).sort((a, b) => a.localeCompare(b, document.documentElement.lang));
		return {
			find, mark, snippet,
			get kinds() { return names(data.kinds); },
			get statuses() { return names(data.statuses); },
			get owners() { return names(data.owners); },
		};
	}

	return {tokenize, options, open};
})();
