// What a reader does: sorts, filters, searches, switches the colours, and all of it from the keyboard; from files and from a server.
import { pathToFileURL } from "node:url";
import { home } from "./site.mjs";
import { finish } from "./tap.mjs";
import { browser, out, visit } from "./visit.mjs";

const column = (tab, number) => tab.$$eval(`table.sortable tbody tr:not([hidden]) > :nth-child(${number})`,
	(cells) => cells.map((cell) => cell.textContent.trim()));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const focused = (tab) => tab.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.getAttribute("aria-label"));

async function sorting(tab, say) {
	const before = await column(tab, 1);
	const natural = [...before].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
	const button = tab.locator("table.sortable thead button").first(), head = tab.locator("table.sortable thead th").first();
	await button.click();
	say(same(await column(tab, 1), natural) && await head.getAttribute("aria-sort") === "ascending", "a click sorts by id");
	await button.press("Enter");
	say(same(await column(tab, 1), natural.toReversed()) && await head.getAttribute("aria-sort") === "descending", "Enter turns the order round");
}

async function filtering(tab, say) {
	const total = (await column(tab, 1)).length, count = tab.locator(".table-count");
	await tab.locator(".table-tools input").fill("RISK-01");
	const few = await column(tab, 1);
	say(few.length > 0 && few.length < total && few.every((name) => name.includes("RISK-01")), "a word filters", few);
	say((await count.textContent()).includes(String(few.length)), "the count is said", [await count.textContent()]);
	await tab.locator(".table-clear").click();
	say((await column(tab, 1)).length === total, "clearing shows all");
	const choice = tab.locator(".table-tools select").first();
	const value = await choice.locator("option").nth(1).getAttribute("value");
	await choice.selectOption(value);
	const chosen = (await column(tab, 1)).length;
	say(chosen > 0 && chosen < total, `a choice filters: ${value}`);
}

async function colours(tab, say) {
	const ground = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const button = tab.locator(".scheme-switch"), light = await ground(), names = [];
	for (let i = 0; i < 2; i++) {
		names.push(await button.getAttribute("aria-label"));
		await button.click();
	}
	const dark = await ground();
	say(light !== dark && new Set(names).size === 2, "the switch turns dark", [light, dark, ...names]);
	await tab.reload();
	say(await ground() === dark, "the choice is kept");
}

async function keyboard(tab, say) {
	await tab.keyboard.press("Tab");
	const first = await focused(tab);
	await tab.keyboard.press("Enter");
	say(first === "Skip to the content" && new URL(tab.url()).hash === "#page:main", "the first stop skips to the content", [first, tab.url()]);
	const stops = [], hidden = [];
	await tab.goto(tab.url().replace(/#.*/, ""));
	for (let i = 0; i < 400; i++) {
		await tab.keyboard.press("Tab");
		const stop = await tab.evaluate(() => {
			const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
			const stroke = element.querySelector(".hit") && getComputedStyle(element.querySelector(".hit")).stroke; // in a picture
			const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
			return element === document.body ? null : { text: element.outerHTML.slice(0, 90),
				seen: (outlined || (stroke && stroke !== "none")) && box.bottom > 0 && box.top < innerHeight };
		});
		if (!stop)
			break;
		stops.push(stop.text);
		if (!stop.seen)
			hidden.push(stop.text);
	}
	const expected = await tab.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
		.filter((element) => element.checkVisibility() && element.tabIndex >= 0).length);
	say(Math.min(expected, 400) === stops.length && !hidden.length, `all ${expected} stops are reached and seen`, [`${stops.length} reached`, ...hidden]);
}

for (const base of [home, `${pathToFileURL(out).href}/`]) {
	await visit(base, "risk/index.html", {}, sorting);
	await visit(base, "risk/index.html", {}, filtering);
	await visit(base, "index.html", { colorScheme: "light" }, colours);
}
for (const page of ["index.html", "policies/access-control.html", "risk/RISK-001.html", "calendar/index.html"])
	await visit(home, page, {}, keyboard);
await browser.close();
finish();
