// The search as a reader uses it: from files and from a server, with the keyboard, and without scripts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { home } from "./site.mjs";
import { finish } from "./tap.mjs";
import { browser, out, visit } from "./visit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// axe asks for the style sheets, which a page from files may not: it judges what comes from a server.
async function violations(tab, base) {
	if (base !== home)
		return [];
	await tab.evaluate(axe);
	return tab.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } })
		.then((result) => result.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`))), tags);
}

const field = ".search input", list = "#search\\:list", options = `${list} [role=option]`;

async function below(tab, say, base) {
	const scripts = () => tab.$$eval("script[src*='search/']", (found) => found.length);
	say(await scripts() === 0, "nothing of the search is loaded before it is wanted");
	await tab.keyboard.press("/");
	say(await tab.evaluate(() => document.activeElement.name) === "q", "a slash goes to the field");
	await tab.keyboard.type("acess control");
	await tab.waitForSelector(`${options} mark`);
	say(/^\d+ results?$/.test(await tab.locator(".search-status").textContent()) && await tab.locator(field).getAttribute("aria-expanded") === "true",
		"results are shown and counted, a mistyped word too");
	await tab.keyboard.press("ArrowDown");
	await tab.keyboard.press("ArrowDown");
	await tab.keyboard.press("ArrowUp");
	const active = await tab.locator(`${options}[aria-selected=true]`).getAttribute("id");
	say(active === "search:option0" && await tab.locator(field).getAttribute("aria-activedescendant") === active, "arrows choose", [active]);
	const bad = await violations(tab, base);
	say(!bad.length, "accessible with the list open", bad);
	const address = await tab.locator(`${options}[aria-selected=true]`).getAttribute("href");
	await Promise.all([tab.waitForURL(address), tab.keyboard.press("Enter")]);
	say(address.startsWith(base), "Enter opens", [address]);
	await tab.keyboard.press("Control+k");
	await tab.keyboard.type("risk-00");
	await tab.waitForSelector(options);
	say((await tab.locator(`${options} .id`).first().textContent()).startsWith("RISK-00"), "the beginning of an id finds it");
	await tab.keyboard.press("Escape");
	say(await tab.locator(list).isHidden() && await tab.locator(field).inputValue() === "risk-00", "Escape closes the list");
	await tab.keyboard.press("Escape");
	say(await tab.locator(field).inputValue() === "", "Escape again empties the field");
	await tab.keyboard.type("xyzzyplugh");
	await tab.waitForFunction(() => document.querySelector(".search-status").textContent === "Nothing found");
	say(await tab.locator(list).isHidden(), "what nothing has is said");
	await tab.locator(field).fill("backup");
	await tab.waitForSelector(options);
	await Promise.all([tab.waitForURL(/search\.html#q=backup$/), tab.keyboard.press("Enter")]);
	await tab.waitForSelector(".search-found li");
	say(true, "Enter without a choice shows all results");
}

async function whole(tab, say, base) {
	const count = () => tab.locator(".search-count").textContent().then((text) => parseInt(text, 10));
	await tab.waitForSelector(".search-found .search-snippet mark");
	const all = await count();
	say(all > 3 && await tab.inputValue("#search\\:field") === "access review", "the address holds the query", [all]);
	await tab.selectOption("#search\\:kind", "Policy");
	const policies = await count();
	const kinds = await tab.$$eval(".search-found .badge", (found) => found.map((one) => one.textContent));
	say(policies > 0 && policies < all && kinds.every((kind) => kind === "Policy"), "a filter keeps one kind", [policies, ...kinds]);
	say(new URL(tab.url()).hash === "#q=access+review&kind=Policy", "the address holds the filter", [tab.url()]);
	await tab.reload();
	await tab.waitForSelector(".search-found li");
	say(await count() === policies && await tab.inputValue("#search\\:kind") === "Policy", "and gives it back");
	const bad = await violations(tab, base);
	say(!bad.length, "accessible with results", bad);
	await tab.setViewportSize({ width: 360, height: 780 });
	say(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "results fit 360 px");
	await tab.fill("#search\\:field", "<img src=x onerror=alert(1)> policy");
	await tab.waitForFunction(() => document.querySelector(".search-found li"));
	say(await tab.locator(".search-found img").count() === 0, "markup is text");
}

async function without(tab, say) {
	await tab.locator(field).fill("policy");
	await Promise.all([tab.waitForURL(/search\.html\?q=policy$/), tab.locator(field).press("Enter")]);
	const text = await tab.locator("main").innerText();
	say(/needs JavaScript/.test(text) && await tab.locator(".search-without a").count() > 1, "without scripts the form leads to a page that says so", [text]);
}

for (const base of [home, `${pathToFileURL(out).href}/`]) {
	await visit(base, "risk/index.html", {}, below);
	await visit(base, "search.html?q=access%20review", { colorScheme: "dark" }, whole);
	await visit(base, "policies/access-control.html", { javaScriptEnabled: false }, without);
}
await browser.close();
finish();
