// Visits to the sample: built once, each in a context of its own, from a server or from files.
import { launch, open } from "./browser.mjs";
import { build, home, publishAt } from "./site.mjs";
import { report } from "./tap.mjs";

export const out = build(), browser = await launch();

// Opens PATH below BASE (home, or the folder OUT) and runs WORK(tab, say, base); say() reports, and any trouble of the page fails it.
export async function visit(base, path, options, work) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	if (base === home)
		await publishAt(out, home)(context);
	const tab = await open(context);
	await tab.goto(base + path, { waitUntil: "load" });
	await work(tab, (good, name, details = []) => report(good && !tab.troubles.length, `${base.slice(0, 5)} ${path}: ${name}`,
		[...details.map(String), ...tab.troubles]), base);
	await context.close();
}
