// Every kind of page in a real browser: no error, nothing loaded from elsewhere, WCAG 2.2 AA in both schemes, no sideways scroll
// on a phone, and the same text without scripts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { each, launch, open } from "./browser.mjs";
import { build, home, kinds, publishAt } from "./site.mjs";
import { finish, report } from "./tap.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const violations = (page) => page.evaluate((tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } })
	.then((found) => found.violations.flatMap((violation) => violation.nodes.slice(0, 5)
		.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`))), rules);

const isTooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth
	? [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1
		&& !element.closest(".scroll")).slice(0, 4).map((element) => element.outerHTML.slice(0, 120)) : null);

// Between the margins of print.css, A4 is 178 mm wide, and 265 mm in landscape, which pages and parts with `page: wide` have.
const paper = { upright: 673, wide: 1001 }; // CSS pixels, 96 an inch

async function isCutOnPaper(page) {
	await page.emulateMedia({ media: "print", colorScheme: "light" });
	const cut = [];
	for (const [name, width] of Object.entries(paper)) {
		await page.setViewportSize({ width, height: 900 });
		cut.push(...await page.evaluate((wide) => [...document.querySelectorAll("main *")].filter((element) => {
			let part = element;
			while (part && getComputedStyle(part).page !== "wide")
				part = part.parentElement;
			return !part === !wide && !element.closest("svg") && element.getBoundingClientRect().right > innerWidth + 1;
		}).slice(0, 4).map((element) => element.outerHTML.slice(0, 120)), name === "wide"));
	}
	return cut;
}

// What a reader of the main part gets, text node by text node.
const texts = (page) => page.evaluate(() => {
	const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
	while (walker.nextNode()) {
		const text = walker.currentNode.data.replace(/\s+/g, " ").trim();
		if (text && !walker.currentNode.parentElement.closest("noscript, svg title, svg desc"))
			found.push(text);
	}
	return found;
});

function missing(from, among) {
	const counts = new Map();
	for (const text of among)
		counts.set(text, (counts.get(text) ?? 0) + 1);
	return from.filter((text) => {
		const left = counts.get(text) ?? 0;
		counts.set(text, left - 1);
		return left < 1;
	});
}

// As it is published, its policy in force; then judged in both schemes, and narrow.
async function look(browser, publish, page) {
	const context = await browser.newContext({ colorScheme: "light", viewport: { width: 1280, height: 900 } });
	await publish(context);
	const tab = await open(context);
	await tab.goto(home + page.path, { waitUntil: "load" });
	const result = { troubles: [...tab.troubles], texts: await texts(tab) };
	await tab.evaluate(axe);
	result.light = await violations(tab);
	await tab.emulateMedia({ colorScheme: "dark" });
	result.dark = await violations(tab);
	await tab.setViewportSize({ width: 360, height: 780 });
	result.wide = await isTooWide(tab);
	result.narrow = await violations(tab);
	result.cut = await isCutOnPaper(tab);
	await context.close();
	return result;
}

// From the file system, as from an unpacked zip.
async function visit(browser, base, page, javaScriptEnabled) {
	const context = await browser.newContext({ javaScriptEnabled });
	const tab = await open(context);
	await tab.goto(base + page.path, { waitUntil: "load" });
	const result = { troubles: [...tab.troubles], texts: await texts(tab) };
	await context.close();
	return result;
}

const out = build(), files = `${pathToFileURL(out).href}/`;
const browser = await launch();
const chosen = kinds(out);
report(chosen.length > 40, `kinds of pages: ${chosen.length}`);
await each(chosen, 2, async (page) => {
	const seen = await look(browser, publishAt(out, home), page), plain = await visit(browser, files, page, false);
	const opened = page.path === "404.html" ? plain : await visit(browser, files, page, true);
	const problems = page.path === "404.html" ? seen.troubles : [...seen.troubles, ...opened.troubles, ...plain.troubles];
	report(!problems.length, `${page.path}: no error, from a server and from files`, problems);
	report(!seen.light.length, `${page.path}: accessible, light`, seen.light);
	report(!seen.dark.length, `${page.path}: accessible, dark`, seen.dark);
	report(!seen.narrow.length, `${page.path}: accessible, narrow`, seen.narrow);
	report(!seen.wide, `${page.path}: fits 360 px`, seen.wide ?? []);
	report(!seen.cut.length, `${page.path}: nothing is cut on paper`, seen.cut);
	const lost = missing(plain.texts, seen.texts);
	report(!lost.length, `${page.path}: the same text without scripts`, lost);
});
await browser.close();
finish();
