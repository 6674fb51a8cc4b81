/* The search field of every page and the search page. The engine and the index come when a reader first turns to the field;
 * what ismarkSearch does is written in search/engine.js. Everything found is text: no markup is ever made from it. */
(function () {
	'use strict';

	const SHOWN_BELOW_FIELD = 8, SHOWN_ON_PAGE = 30, SNIPPET = 180;
	const words = document.currentScript.dataset; // what it says, in the page's language
	const form = document.querySelector('form[role=search]');
	if (!form)
		return;
	const field = form.querySelector('input[type=search]');
	const address = new URL(form.getAttribute('action'), document.baseURI);
	const root = new URL('.', address);

	/* ---- loading ---- */

	let opened = null, texts = [];

	function load(path) {
		return new Promise((resolve, reject) => {
			const script = document.createElement('script');
			script.src = new URL(path, root).href;
			script.onload = resolve;
			script.onerror = () => reject(new Error(path));
			document.head.append(script);
		});
	}

	/* The search, once it is there; then() runs again when the texts to quote from have come. */
	function open(then) {
		opened ||= Promise.all([load('search/engine.js'), load('search/index.js')]).then(() => {
			load('search/text.js').then(() => {
				texts = globalThis.ismarkSearchTexts;
				then();
			}, () => {});
			return ismarkSearch.open(ismarkSearchData);
		});
		return opened;
	}

	/* ---- pieces of pages ---- */

	function element(name, className, ...content) {
		const made = document.createElement(name);
		if (className)
			made.className = className;
		made.append(...content);
		return made;
	}

	function marked(pieces) {
		return pieces.map(([text, isHit]) => isHit ? element('mark', '', text) : text);
	}

	function title(search, result) {
		const name = marked(search.mark(result, result.title));
		return result.id && result.id !== result.title ? [element('span', 'id', ...marked(search.mark(result, result.id))), ' ', ...name] : name;
	}

	/* What a section stands in. */
	function within(result) {
		return words.within.replace('{title}', () => result.within);
	}

	function link(result) {
		return new URL(result.href, root).href;
	}

	function counted(count) {
		if (!count)
			return words.none;
		return (count === 1 ? words.one : words.other).replace('{n}', count);
	}

	function all(query) {
		const url = new URL(address);
		url.hash = new URLSearchParams({q: query});
		return url.href;
	}

	/* ---- the field of every page: a combobox ---- */

	function below() {
		const list = element('div', 'search-list');
		const status = element('p', 'search-status');
		let current = -1;

		list.id = 'search:list';
		list.hidden = true;
		list.setAttribute('role', 'listbox');
		list.setAttribute('aria-label', field.getAttribute('aria-label'));
		status.setAttribute('role', 'status');
		field.setAttribute('role', 'combobox');
		field.setAttribute('aria-autocomplete', 'list');
		field.setAttribute('aria-controls', list.id);
		field.setAttribute('aria-expanded', 'false');
		form.append(list, status);

		function show(isOpen) {
			list.hidden = !isOpen;
			field.setAttribute('aria-expanded', String(isOpen));
			choose(-1);
		}

		function choose(index) {
			const options = list.children;
			if (options[current])
				options[current].setAttribute('aria-selected', 'false');
			current = index;
			if (!options[current]) {
				field.removeAttribute('aria-activedescendant');
				return;
			}
			options[current].setAttribute('aria-selected', 'true');
			options[current].scrollIntoView({block: 'nearest'});
			field.setAttribute('aria-activedescendant', options[current].id);
		}

		function option(href, ...content) {
			const made = element('a', '', ...content);
			made.href = href;
			made.id = 'search:option' + list.children.length;
			made.tabIndex = -1;
			made.setAttribute('role', 'option');
			made.setAttribute('aria-selected', 'false');
			list.append(made);
		}

		function fill(search, query) {
			const found = search.find(query);
			list.replaceChildren();
			for (const result of found.slice(0, SHOWN_BELOW_FIELD)) {
				const snippet = marked(search.snippet(result, texts, SNIPPET / 2));
				const content = [element('span', 'search-title', ...title(search, result)), element('span', 'search-place', element('span', 'badge', result.kind))];
				if (result.within)
					content.push(element('span', 'search-within', within(result)));
				option(link(result), ...content, element('span', 'search-snippet', ...snippet));
			}
			if (found.length)
				option(all(query), element('span', 'search-title', words.all.replace('{n}', found.length)));
			status.textContent = counted(found.length);
			status.classList.toggle('none', !found.length);
			show(found.length > 0);
		}

		function update() {
			const query = field.value;
			if (document.activeElement !== field)
				return;
			if (!query.trim()) {
				status.textContent = '';
				show(false);
				return;
			}
			if (!opened)
				status.textContent = words.loading;
			open(update).then((search) => {
				if (query === field.value)
					fill(search, query);
			}, () => {
				status.textContent = words.failed;
			});
		}

		function move(step) {
			const count = list.children.length;
			choose(current < 0 ? (step > 0 ? 0 : count - 1) : (current + step + count) % count);
		}

		field.addEventListener('focus', () => open(update).catch(() => {}));
		field.addEventListener('input', update);
		field.addEventListener('keydown', (event) => {
			if (event.key === 'Escape') {
				if (list.hidden)
					field.value = '';
				show(false);
				status.textContent = '';
			} else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
				move(event.key === 'ArrowDown' ? 1 : -1);
			} else if (!list.hidden && event.key === 'Enter' && current >= 0) {
				list.children[current].click();
			} else if (list.hidden && event.key === 'ArrowDown') {
				update();
			} else {
				return;
			}
			event.preventDefault();
		});
		form.addEventListener('focusout', (event) => {
			if (form.contains(event.relatedTarget))
				return;
			show(false);
			status.textContent = '';
		});
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			location.assign(all(field.value));
		});
	}

	/* ---- the search page: the query and the filters stand behind the # of the address ---- */

	function wholePage() {
		const list = document.querySelector('.search-found');
		const more = document.querySelector('.search-more');
		const status = form.querySelector('[role=status]');
		const filters = Array.from(form.querySelectorAll('select'));
		let shown = SHOWN_ON_PAGE;

		function state() {
			const wanted = {};
			for (const filter of filters)
				wanted[filter.name] = filter.value;
			return wanted;
		}

		function read() {
			const asked = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search);
			field.value = asked.get('q') || '';
			for (const filter of filters)
				filter.value = asked.get(filter.name) || '';
		}

		function write() {
			const asked = new URLSearchParams();
			for (const [name, value] of [['q', field.value], ...Object.entries(state())])
				if (value)
					asked.set(name, value);
			if (new URLSearchParams(location.hash.slice(1)).toString() !== asked.toString())
				history.replaceState(null, '', '#' + asked);
		}

		function item(search, result) {
			const anchor = element('a', '', ...title(search, result));
			const about = element('p', 'search-place', element('span', 'badge', result.kind));
			anchor.href = link(result);
			about.append(' ' + [result.within && within(result), result.status, result.owner].filter(Boolean).join(' · '));
			const entry = element('li', '', element('h2', '', anchor), about);
			const snippet = search.snippet(result, texts, SNIPPET);
			if (snippet.length)
				entry.append(element('p', 'search-snippet', ...marked(snippet)));
			return entry;
		}

		function fill(search) {
			const wanted = state();
			const isAsked = field.value.trim() || Object.values(wanted).some(Boolean);
			const found = search.find(field.value, wanted);
			list.replaceChildren(...found.slice(0, shown).map((result) => item(search, result)));
			more.hidden = found.length <= shown;
			status.textContent = isAsked ? counted(found.length) : '';
		}

		function update() {
			open(update).then(fill, () => {
				status.textContent = words.failed;
			});
		}

		function start(search) {
			for (const [filter, names] of [['kind', search.kinds], ['status', search.statuses], ['owner', search.owners]])
				form.elements[filter].append(...names.map((name) => new Option(name, name)));
			read();
			fill(search);
		}

		function changed() {
			shown = SHOWN_ON_PAGE;
			write();
			update();
		}

		document.querySelector('.search-without').hidden = true;
		form.hidden = false;
		read();
		status.textContent = words.loading;
		open(update).then(start, () => {
			status.textContent = words.failed;
		});
		form.addEventListener('input', changed);
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			changed();
		});
		more.addEventListener('click', () => {
			shown += SHOWN_ON_PAGE;
			update();
		});
		window.addEventListener('hashchange', () => {
			read();
			update();
		});
	}

	/* ---- keys ---- */

	function isTyping(target) {
		return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
	}

	document.addEventListener('keydown', (event) => {
		const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
		const isK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
		if (!isSlash && !isK)
			return;
		event.preventDefault();
		field.focus();
		field.select();
	});

	if (form.classList.contains('search-all'))
		wholePage();
	else
		below();
})();
