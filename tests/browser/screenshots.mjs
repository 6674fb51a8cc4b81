// Pictures of every kind of page in five modes: light, dark, phone, without scripts, and on paper (its first two sheets).
// node screenshots.mjs FOLDER [PATTERN]: only pages whose path matches.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { each, launch } from "./browser.mjs";
import { build, kinds } from "./site.mjs";

const [folder, pattern = ""] = process.argv.slice(2);
const modes = {
	light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
	dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
	phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
	plain: { colorScheme: "light", viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};
const tallest = 4000; // pixels of a page that a picture shows

async function shoot(browser, url, file, mode) {
	const context = await browser.newContext(modes[mode]);
	const tab = await context.newPage();
	await tab.goto(url, { waitUntil: "load" });
	const height = await tab.evaluate(() => document.documentElement.scrollHeight);
	await tab.screenshot({ path: `${file}.${mode}.png`, fullPage: true, timeout: 120000,
		clip: { x: 0, y: 0, width: modes[mode].viewport.width, height: Math.min(height, tallest) } });
	await context.close();
}

async function print(browser, url, file) {
	const context = await browser.newContext();
	const tab = await context.newPage();
	await tab.goto(url, { waitUntil: "load" });
	await tab.pdf({ path: `${file}.pdf`, preferCSSPageSize: true });
	await context.close();
	execFileSync("pdftoppm", ["-r", "60", "-png", "-l", "2", `${file}.pdf`, `${file}.print`]);
}

mkdirSync(folder, { recursive: true });
const out = build(), browser = await launch();
const chosen = kinds(out).filter((page) => page.path.includes(pattern));
await each(chosen, 1, async (page) => { // a picture of a page behind another may wait for ever
	const url = pathToFileURL(path.join(out, page.path)).href;
	const file = path.join(folder, page.path.replace(/\.html$/, "").replaceAll("/", "_"));
	for (const mode of Object.keys(modes))
		await shoot(browser, url, file, mode);
	await print(browser, url, file);
});
await browser.close();
console.log(`${chosen.length} pages in ${folder}`);
