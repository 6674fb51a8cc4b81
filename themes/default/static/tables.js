/* Tables of class "sortable": a click on a head sorts, a field above filters. Without this script they are plain tables.
 *
 * What a template says: <th data-filter> gives the column a choice of its values; <th data-plain> a column that is not sorted.
 * A cell sorts by its data-sort, else by its <time datetime>, else by its text, ids and numbers in natural order; an empty cell
 * or a dash goes last. Tables inside one element of class "filterable" share one filter; a section in it without rows that
 * match is hidden. The words come from the script's own element. */
(function () {
	"use strict";
	var words = document.currentScript.dataset;
	var FILTER_ROWS = 6, CHOICES = 15;
	var collator = new Intl.Collator(document.documentElement.lang || "en", {numeric: true, sensitivity: "base"});
	var serial = 0;

	function element(name, attributes, text) {
		var made = document.createElement(name);
		Object.keys(attributes || {}).forEach(function (key) {
			made.setAttribute(key, attributes[key]);
		});
		if (text !== undefined)
			made.textContent = text;
		return made;
	}

	function textOf(cell) {
		var text = cell ? cell.textContent.trim() : "";
		return text === "–" ? "" : text;
	}

	/* ---- order ---- */

	function keyOf(cell) {
		if (!cell)
			return "";
		if (cell.hasAttribute("data-sort"))
			return cell.getAttribute("data-sort");
		var time = cell.querySelector("time[datetime]");
		return time ? time.getAttribute("datetime") : textOf(cell);
	}

	function compare(a, b, sign) {
		if (a.key === "" || b.key === "")
			return a.key === b.key ? a.place - b.place : a.key === "" ? 1 : -1;
		var both = a.key !== "" && b.key !== "" && isFinite(a.key) && isFinite(b.key);
		var order = both ? a.key - b.key : collator.compare(a.key, b.key);
		return order ? sign * order : a.place - b.place;
	}

	function sortBy(table, column, direction) {
		var heads = headsOf(table), body = table.tBodies[0], sign = direction === "descending" ? -1 : 1;
		var rows = Array.from(body.rows).map(function (row, place) {
			return {row: row, key: keyOf(row.cells[column]), place: row.place === undefined ? place : row.place};
		});
		rows.sort(function (a, b) {
			return compare(a, b, sign);
		});
		rows.forEach(function (entry) {
			body.appendChild(entry.row);
		});
		heads.forEach(function (head, index) {
			if (index === column)
				head.setAttribute("aria-sort", direction);
			else
				head.removeAttribute("aria-sort");
		});
	}

	function headsOf(table) {
		var rows = table.tHead ? table.tHead.rows : [];
		return rows.length === 1 ? Array.from(rows[0].cells) : [];
	}

	function addSorting(table) {
		if (!table.tBodies.length || table.tBodies[0].rows.length < 2)
			return;
		Array.from(table.tBodies[0].rows).forEach(function (row, place) {
			row.place = place;
		});
		headsOf(table).forEach(function (head, column) {
			if (head.hasAttribute("data-plain") || !head.textContent.trim())
				return;
			var button = element("button", {type: "button", class: "sort"});
			while (head.firstChild)
				button.appendChild(head.firstChild);
			head.appendChild(button);
			button.addEventListener("click", function () {
				sortBy(table, column, head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending");
				remember();
			});
		});
	}

	/* ---- filter ---- */

	/* The values of a cell: the band of a rating, each link or choice of a list, else its text. */
	function valuesOf(cell) {
		var band = cell && cell.querySelector(".band");
		if (band)
			return [band.lastChild.textContent.trim()];
		var parts = cell ? Array.from(cell.querySelectorAll(".choice, a")).map(textOf) : [];
		if (!parts.length && textOf(cell))
			parts = [textOf(cell)];
		return parts.filter(Boolean);
	}

	function fold(text) {
		return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLocaleLowerCase();
	}

	/* Label -> [{table, column}], in the order of the columns. */
	function filterColumns(tables) {
		var columns = new Map();
		tables.forEach(function (table) {
			headsOf(table).forEach(function (head, column) {
				if (!head.hasAttribute("data-filter"))
					return;
				var label = head.textContent.trim();
				columns.set(label, (columns.get(label) || []).concat({table: table, column: column}));
			});
		});
		return columns;
	}

	function makeChoice(label, places) {
		var values = new Set();
		places.forEach(function (place) {
			Array.from(place.table.tBodies[0].rows).forEach(function (row) {
				valuesOf(row.cells[place.column]).forEach(function (value) {
					values.add(value);
				});
			});
		});
		if (values.size < 2 || values.size > CHOICES)
			return null;
		var select = element("select", {"data-label": label});
		select.appendChild(element("option", {value: ""}, words.all));
		Array.from(values).sort(collator.compare).forEach(function (value) {
			select.appendChild(element("option", {value: value}, value));
		});
		return {select: select, label: label, places: places};
	}

	function labelled(text, control) {
		var label = element("label", {class: "table-choice"});
		label.appendChild(element("span", {}, text));
		label.appendChild(control);
		return label;
	}

	function matches(row, table, needles, choices) {
		var text = row.searched || (row.searched = fold(row.textContent + " " + titlesOf(row)));
		return needles.every(function (needle) {
			return text.indexOf(needle) >= 0;
		}) && choices.every(function (choice) {
			var place = choice.places.find(function (one) {
				return one.table === table;
			});
			return !choice.select.value || (place && valuesOf(row.cells[place.column]).indexOf(choice.select.value) >= 0);
		});
	}

	/* Titles of links that show only an id. */
	function titlesOf(row) {
		return Array.from(row.querySelectorAll("a[title]")).map(function (link) {
			return link.title;
		}).join(" ");
	}

	function addFilter(group, tables, before) {
		var total = tables.reduce(function (sum, table) {
			return sum + table.tBodies[0].rows.length;
		}, 0);
		if (total < FILTER_ROWS)
			return;
		var caption = tables.length === 1 && tables[0].caption ? ": " + tables[0].caption.textContent : "";
		var tools = element("div", {class: "table-tools", role: "search", "aria-label": words.filter + caption});
		var field = element("input", {type: "search", id: "page:filter-" + ++serial, autocomplete: "off", spellcheck: "false"});
		var count = element("p", {class: "table-count", role: "status"}), choices = [];
		tools.appendChild(labelled(words.filter, field));
		filterColumns(tables).forEach(function (places, label) {
			var choice = makeChoice(label, places);
			if (choice) {
				choices.push(choice);
				tools.appendChild(labelled(label, choice.select));
			}
		});
		var clear = element("button", {type: "button", class: "table-clear"}, words.clear);
		tools.appendChild(clear);
		tools.appendChild(count);
		before.parentNode.insertBefore(tools, before);

		function apply() {
			var needles = fold(field.value).split(/\s+/).filter(Boolean), shown = 0;
			tables.forEach(function (table) {
				var here = 0;
				Array.from(table.tBodies[0].rows).forEach(function (row) {
					row.hidden = !matches(row, table, needles, choices);
					here += !row.hidden;
				});
				shown += here;
				var section = table.closest(".filterable > section, .filterable > details");
				if (section && group.contains(section))
					section.hidden = !here;
			});
			var active = shown < total || needles.length > 0;
			clear.disabled = !active && !choices.some(function (choice) {
				return choice.select.value;
			});
			count.classList.toggle("active", active);
			count.textContent = words.count.replace("{shown}", shown).replace("{total}", total);
		}
		tools.addEventListener("input", function () {
			apply();
			remember();
		});
		clear.addEventListener("click", function () {
			field.value = "";
			choices.forEach(function (choice) {
				choice.select.value = "";
			});
			apply();
			remember();
			field.focus();
		});
		tools.apply = apply;
		apply();
	}

	/* ---- what was chosen, for the way back to the page ---- */

	var PLACE = "ismark-tables:" + location.pathname;

	function controls() {
		return Array.from(document.querySelectorAll(".table-tools input, .table-tools select"));
	}

	function remember() {
		var state = {
			values: controls().map(function (control) {
				return control.value;
			}),
			sorted: sortable.map(function (table) {
				return headsOf(table).map(function (head) {
					return head.getAttribute("aria-sort") || "";
				});
			}),
		};
		try {
			sessionStorage.setItem(PLACE, JSON.stringify(state));
		} catch (error) { /* then it is forgotten */ }
	}

	function recall() {
		var visit = performance.getEntriesByType("navigation")[0], state = null;
		try {
			if (visit && (visit.type === "back_forward" || visit.type === "reload"))
				state = JSON.parse(sessionStorage.getItem(PLACE));
		} catch (error) { /* then there is nothing to recall */ }
		if (!state)
			return;
		controls().forEach(function (control, index) {
			control.value = state.values[index] || "";
		});
		document.querySelectorAll(".table-tools").forEach(function (tools) {
			tools.apply();
		});
		sortable.forEach(function (table, index) {
			(state.sorted[index] || []).forEach(function (direction, column) {
				if (direction)
					sortBy(table, column, direction);
			});
		});
	}

	/* ---- start ---- */

	var sortable = Array.from(document.querySelectorAll("table.sortable")).filter(function (table) {
		return table.tBodies.length === 1;
	});
	var grouped = new Map();
	sortable.forEach(function (table) {
		addSorting(table);
		var group = table.closest(".filterable") || table;
		grouped.set(group, (grouped.get(group) || []).concat(table));
	});
	grouped.forEach(function (tables, group) {
		addFilter(group, tables, group === tables[0] ? group.closest(".scroll") || group : group.firstElementChild);
	});
	recall();
})();
