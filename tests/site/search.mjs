// What run_search.sh runs: `generate` writes folders of content, `compare` compares published indexes with MiniSearch's own.
import assert from 'node:assert';
import child from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import MiniSearch from '../../src/site/search/node_modules/minisearch/dist/es/index.js';

const TOP = 20;

/* A generator that gives the same numbers everywhere. */
function dice(seed) {
	let state = seed >>> 0;
	return (sides) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor(state / 4294967296 * sides);
	};
}

// ---- content ----

const WORDS = ('access control policy review evidence supplier incident backup restore cryptography key owner residual likelihood impact ' +
	'Zugriff Maßnahme Risikobehandlung Geschäftsführung Verfügbarkeit Prüfung Lieferant Übung Störung Schlüssel fähig ' +
	'accès mesure propriétaire déclaration preuve réponse sécurité clé sauvegarde élève Noël cœur ' +
	'A.5.15 A.8.24 RISK-001 ISO/IEC 27001:2022 90-day TLS-1.3-Verbindung e-mail well-known 24-hour 2026-06-30 v1.2.3 l’accès').split(' ');

function write(folder, name, text) {
	const file = path.join(folder, name);
	fs.mkdirSync(path.dirname(file), {recursive: true});
	fs.writeFileSync(file, text);
}

function sentence(roll) {
	return Array.from({length: 4 + roll(14)}, () => WORDS[Math.min(roll(WORDS.length), roll(WORDS.length))]).join(' ') + '.';
}

function generated(folder) {
	const roll = dice(7);
	for (let d = 0; d < 300; d++) {
		const lines = ['---', `id: DOC-${String(d).padStart(3, '0')}`, `title: ${sentence(roll).slice(0, -1).replace(/[:#]/g, ' ')}`, 'kind: policy', '---'];
		for (let h = 0; h < 5; h++)
			lines.push('', `## ${WORDS[roll(WORDS.length)]} ${h}`, '', ...Array.from({length: 12}, () => sentence(roll)));
		write(folder, `${d % 7}/document-${d}.md`, lines.join('\n') + '\n');
	}
}

function distinct(bytes) {
	let text = '';
	const words = [];
	for (let i = 0; text.length + words.length * 9 < bytes; i++)
		words.push('w' + i.toString(36).padStart(7, 'q').replace(/\d/g, (digit) => 'ghijklmnop'[digit]));
	return words.join(' ');
}

function hostile(folder) {
	write(folder, 'scripts.md', '# </script><script>alert(1)</script>\n\nquote" back\\slash \u2028 line \u2029 <!-- ]]> \'single\' zebra </script> `</script>`\n');
	write(folder, 'names.md', '# __proto__ constructor toString\n\n__proto__ constructor hasOwnProperty valueOf 0 1 2 -1\n');
	write(folder, 'long.md', `# Long words\n\n${'x'.repeat(300000)} ${'ä'.repeat(100000)} ${'1.'.repeat(100000)}2 e${'\u0301'.repeat(5000)} behind ${'a-'.repeat(100000)}b\n`);
	write(folder, 'many.md', `# Many words\n\n${'common '.repeat(25000)} late\n`);
	write(folder, 'distinct.md', `# Distinct words\n\n${distinct(1 << 20)}\n`);
	write(folder, 'headings.md', Array.from({length: 3000}, (_, i) => `# Part ${i}\n`).join('\n'));
}

// ---- what is compared ----

let number = 0, failed = 0;

function check(name, test) {
	number++;
	try {
		test();
		console.log(`ok ${number} - ${name}`);
	} catch (error) {
		failed++;
		console.log(`not ok ${number} - ${name}\n# ${String(error.message).split('\n').slice(0, 20).join('\n# ')}`);
	}
}

/* A published site's scripts, as a page would run them; only plain data leaves. */
function read(out) {
	const page = vm.createContext({document: {documentElement: {lang: 'en'}}});
	for (const name of ['engine.js', 'index.js', 'text.js'])
		vm.runInContext(fs.readFileSync(path.join(out, 'search', name), 'utf8'), page);
	const value = (text) => vm.runInContext(text, page);
	const data = JSON.parse(value('JSON.stringify(ismarkSearchData)'));
	const texts = JSON.parse(value('JSON.stringify(ismarkSearchTexts)'));
	return {out, value, data, texts, engine: value('ismarkSearch'), search: value('ismarkSearch.open(ismarkSearchData)')};
}

/* The index that MiniSearch builds from the same texts. */
function oracle(site) {
	const index = new MiniSearch(site.engine.options);
	site.data.entries.forEach(([first, title], number) => {
		index.add({number, id: typeof first === 'number' ? '' : first, title, text: site.texts[number]});
	});
	return index;
}

function queriesOf(site) {
	const roll = dice(11), queries = [];
	const entries = site.data.entries;
	for (let i = 0; i < 120; i++) {
		const words = site.engine.tokenize(site.texts[roll(entries.length)]);
		if (words.length > 2)
			queries.push(Array.from({length: 1 + roll(3)}, () => words[roll(words.length)]).join(' '));
		if (words.length > 2)
			queries.push(words[roll(words.length)].slice(0, 2 + roll(3)));
	}
	for (let i = 0; i < 60; i++)
		queries.push(entries[roll(entries.length)][1]);
	return [...new Set(queries)].concat(FIXED);
}

const FIXED = ('A.5.15;a.5.15;A.8;RISK-001;risk-0;access;Access Control;acess control;supplier review;Maßnahme;maßnahme;MASSNAHME;Übung;' +
	'ubung;U\u0308bung;accès;ACCÈS;acces\u0300;propriétaire;cœur;l’accès;Noël;backup restore;backup restore test yearly;27001:2022;ISO/IEC 27001;' +
	'TLS-1.3;2026-06-30;e-mail;24-hour;nothingofthesort;xyzzy plugh;policy;polic;plicy;incident response;management review;owner;' +
	'risk treatment plan;statement of applicability;laptop;password;encryption key;audit finding;root cause;training;phishing;continuity;' +
	'evidence;exception;metric;objective;customer data;remote work;change;asset;classification;clear desk;logging').split(';');

function ranked(index, query) {
	return index.search(query).slice(0, TOP).map(({id, score, terms, match}) => ({id, score, terms, match}));
}

function compareSite(name, site) {
	const built = oracle(site);
	const loaded = site.value('MiniSearch.loadJSON(JSON.stringify(ismarkSearchData.index), ismarkSearch.options)');
	const plain = (value) => JSON.parse(JSON.stringify(value));
	check(`${name}: the index of ${built.documentCount} entries is the one that MiniSearch builds`, () => {
		assert.ok(built.documentCount > 0 && built.termCount > 0);
		const ours = plain(loaded), theirs = plain(built);
		delete ours.storedFields;
		delete theirs.storedFields;
		for (const key of Object.keys(theirs))
			if (key !== 'index')
				assert.deepStrictEqual(ours[key], theirs[key], key);
		assert.strictEqual(ours.index.length, theirs.index.length);
		assert.ok(JSON.stringify(ours.index) === JSON.stringify(theirs.index), 'terms or counts differ');
	});
	const queries = queriesOf(site);
	check(`${name}: the first ${TOP} of ${queries.length} queries and their scores are MiniSearch's`, () => {
		let found = 0;
		for (const query of queries) {
			const ours = plain(ranked(loaded, query)), theirs = plain(ranked(built, query));
			found += theirs.length > 0;
			assert.deepStrictEqual(ours, theirs, query);
		}
		assert.ok(queries.length >= 50 && found > queries.length / 2, `${found} of ${queries.length} find something`);
	});
}

function compareTokens(program, engine) {
	const texts = [];
	for (let point = 0; point < 0x110000; point++) {
		if (point >= 0xD800 && point < 0xE000)
			continue;
		const c = String.fromCodePoint(point);
		if (/\P{Cn}/u.test(c))
			texts.push(`a${c}B 1-${c}2`);
	}
	const roll = dice(3), pieces = ['a', 'B', 'ß', 'É', 'e\u0301', '1', '٣', '.', '-', '_', '\u2011', '\u2010', '\u00AD', ' ', '/', '’', 'İ', 'Σ', '\u0301', '漢', '𝒳', '\u200D', ':', '²'];
	for (let i = 0; i < 20000; i++)
		texts.push(Array.from({length: 1 + roll(12)}, () => pieces[roll(pieces.length)]).join(''));
	texts.push('', '-', '.a.', 'x'.repeat(200), 'ä'.repeat(65) + ' y', '\u00AD', 'a\u00AD'.repeat(100), 'a-'.repeat(100), '1.'.repeat(100), '\u0301'.repeat(100), 'w '.repeat(20010), ...FIXED, ...WORDS);
	const result = child.spawnSync(program, {input: JSON.stringify(texts), maxBuffer: 1 << 28});
	check(`words of ${texts.length} texts are cut in the same way in C and in the browser`, () => {
		assert.strictEqual(result.status, 0, String(result.stderr || result.error));
		const cut = JSON.parse(result.stdout);
		assert.ok(cut.filter((tokens) => tokens === null).length < 50000, 'most code points are known');
		const different = texts.filter((text, i) => cut[i] !== null && JSON.stringify(cut[i]) !== JSON.stringify(engine.tokenize(text)));
		assert.deepStrictEqual(different.map((text) => JSON.stringify(text.slice(0, 40))), []);
	});
}

function find(site, query, wanted) {
	return site.search.find(query, wanted);
}

function checkIds(name, site) {
	check(`${name}: every id is found whole, in upper and lower case, and by its beginning`, () => {
		let count = 0;
		for (const entry of site.data.entries) {
			const id = entry[0];
			if (typeof id === 'number' || !/^[A-Za-z.]+[-.]?\d[\d.]*$/.test(id))
				continue;
			count++;
			assert.strictEqual(site.engine.tokenize(id).length, 1, id);
			for (const query of [id, id.toLowerCase()])
				assert.strictEqual(find(site, query)[0].id, id, query);
			const beginning = find(site, id.slice(0, -1)).map((one) => one.id);
			assert.ok(/[.-]$/.test(id.slice(0, -1)) || beginning.includes(id), id.slice(0, -1));
		}
		assert.ok(count > 90, String(count));
	});
	check(`${name}: ids are not mistyped into others`, () => {
		assert.deepStrictEqual(find(site, 'RISK-999').length, 0);
		assert.ok(find(site, '5.15')[0].id === 'A.5.15');
	});
}

/* Every heading, page and fragment. */
function checkPlaces(name, site) {
	const hrefs = site.data.entries.map((entry) => typeof entry[0] === 'number' ? site.data.entries[entry[0]][2] + entry[2] : entry[2]);
	check(`${name}: every entry leads to a page that is there, and to an element of it`, () => {
		const ids = {};
		for (const href of hrefs) {
			const [file, fragment] = href.split('#').map(decodeURIComponent);
			ids[file] ||= new Set(Array.from(fs.readFileSync(path.join(site.out, file), 'utf8').matchAll(/ id="([^"]*)"/g), (m) => m[1].replace(/&#39;|&apos;/g, "'").replace(/&amp;/g, '&')));
			assert.ok(fragment === undefined || ids[file].has(fragment), href);
		}
		assert.strictEqual(new Set(hrefs).size, hrefs.length, 'an address twice');
	});
	const headings = JSON.parse(fs.readFileSync(path.join(site.out, 'headings.json'), 'utf8'));
	check(`${name}: every section of ${headings.length} headings has an entry`, () => {
		const places = new Set(hrefs.map(decodeURIComponent));
		const missing = headings.filter((heading) => heading.level > 1 && !places.has(`${heading.page}#${heading.id}`));
		assert.deepStrictEqual(missing.map((heading) => `${heading.page}#${heading.id}`), []);
	});
}

function checkUse(site) {
	check('filters by kind, status and owner', () => {
		const {kinds, statuses, owners} = site.search;
		assert.ok(kinds.length > 10 && statuses.length > 3 && owners.length > 3);
		const all = find(site, 'access');
		const policies = find(site, 'access', {kind: 'Policy'});
		assert.ok(policies.length > 0 && policies.length < all.length && policies.every((one) => one.kind === 'Policy'));
		const owned = find(site, '', {owner: owners[0]});
		assert.ok(owned.length > 0 && owned.every((one) => one.owner === owners[0]));
		assert.deepStrictEqual(find(site, '').length, 0);
	});
	check('a section says what it stands in; snippets mark the words', () => {
		const section = find(site, 'access').find((one) => one.within);
		assert.ok(section && section.href.includes('#'));
		const result = find(site, 'access review')[0];
		const pieces = site.search.snippet(result, site.texts, 180);
		const text = pieces.map(([piece]) => piece).join('');
		assert.ok(text.length < 220 && pieces.some(([piece, hit]) => hit && /access|review/i.test(piece)), text);
		assert.ok(site.texts[result.number].includes(text.replace(/^… | …$/g, '')));
	});
	check('words that nothing has find nothing; when none has all, those with any', () => {
		assert.strictEqual(find(site, 'xyzzyplugh').length, 0);
		assert.strictEqual(find(site, '!?').length, 0);
		assert.ok(find(site, 'policy xyzzyplugh').length > 0);
	});
}

function checkGenerated(site) {
	check('accents: composed or not, upper or lower case', () => {
		for (const [query, ...same] of [['maßnahme', 'MAßNAHME', 'Maßnahme'], ['übung', 'ÜBUNG', 'U\u0308bung'], ['accès', 'ACCÈS', 'acce\u0300s'], ['cœur', 'CŒUR']]) {
			const first = find(site, query).map((one) => one.number);
			assert.ok(first.length > 0, query);
			for (const other of same)
				assert.deepStrictEqual(find(site, other).map((one) => one.number), first, other);
		}
	});
}

function checkHostile(site) {
	const index = fs.readFileSync(path.join(site.out, 'search', 'index.js'), 'utf8');
	const text = fs.readFileSync(path.join(site.out, 'search', 'text.js'), 'utf8');
	check('hostile texts: no markup and no line separators in the scripts', () => {
		for (const script of [index, text])
			assert.ok(!/<|\u2028|\u2029/.test(script));
		assert.ok(site.texts.some((one) => one.includes('quote" back\\slash')), 'the text is as written');
	});
	check('hostile texts: names of properties, long words, many words', () => {
		for (const query of ['__proto__', 'constructor', 'hasOwnProperty', 'zebra', 'behind', 'x'.repeat(300)])
			assert.ok(find(site, query).length > 0, query);
		assert.strictEqual(find(site, 'late').filter((one) => one.title === 'Many words').length, 0, 'a text is cut at its limit');
		assert.ok(Math.max(...site.data.index.index.map(([term]) => Array.from(term).length)) <= 64);
	});
}

function compare(program, work) {
	const sites = {};
	for (const name of ['sample', 'base', 'generated', 'hostile'])
		sites[name] = read(path.join(work, name));
	compareTokens(program, sites.sample.engine);
	for (const [name, site] of Object.entries(sites))
		compareSite(name, site);
	for (const name of ['sample', 'base']) {
		checkIds(name, sites[name]);
		checkPlaces(name, sites[name]);
	}
	checkUse(sites.sample);
	checkGenerated(sites.generated);
	checkHostile(sites.hostile);
	check('the licence of MiniSearch is published with it', () => {
		const engine = fs.readFileSync(path.join(work, 'sample', 'search', 'engine.js'), 'utf8');
		assert.ok(/^\/\*!\nMiniSearch 7\.\d+\.\d+/.test(engine) && engine.includes('Permission is hereby granted') && engine.includes('Luca Ongaro'));
	});
	check('search: false publishes none of it', () => {
		const off = path.join(work, 'off');
		assert.ok(fs.existsSync(path.join(off, 'index.html')) && !fs.existsSync(path.join(off, 'search')) && !fs.existsSync(path.join(off, 'search.html')));
		assert.ok(!/search/.test(fs.readFileSync(path.join(off, 'index.html'), 'utf8').replace(/<main[^]*/, '')));
	});
	console.log(`1..${number}`);
	process.exit(failed ? 1 : 0);
}

const [command, ...words] = process.argv.slice(2);
if (command === 'generate') {
	generated(words[0]);
	hostile(words[1]);
} else {
	compare(...words);
}
