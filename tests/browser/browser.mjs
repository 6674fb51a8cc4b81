// Debian's Chromium, driven by Playwright.
import { chromium } from "playwright-core";

export const launch = () => chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });

// Opens a page whose console errors, uncaught errors, and failed or forbidden requests are kept in page.troubles.
export async function open(context) {
	const page = await context.newPage();
	page.troubles = [];
	page.on("console", (message) => {
		if (message.type() === "error" || message.type() === "warning")
			page.troubles.push(`console: ${message.text()}`);
	});
	page.on("pageerror", (error) => page.troubles.push(`error: ${error.message}`));
	page.on("requestfailed", (request) => {
		if (request.failure().errorText !== "net::ERR_ABORTED") // by going on to another page
			page.troubles.push(`failed: ${request.url()}`);
	});
	page.on("response", (response) => {
		if (response.status() >= 400)
			page.troubles.push(`${response.status()}: ${response.url()}`);
	});
	return page;
}

// Runs WORK(item) for every item, LANES at a time.
export async function each(items, lanes, work) {
	const queue = [...items.entries()];
	const results = [];
	await Promise.all(Array.from({ length: lanes }, async () => {
		for (let next; (next = queue.shift());)
			results[next[0]] = await work(next[1]);
	}));
	return results;
}
