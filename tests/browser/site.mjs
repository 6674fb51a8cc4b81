// A site to open: built into a folder, its pages by kind, and a place on the web for it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

export const day = "2026-06-30";

// Where site.yaml says that the sample is published.
export const home = "https://isms.saltmarsh.example/";

// Builds the project PROJECT into a new folder and gives its path.
export function build(project = root, ...options) {
	const out = path.join(mkdtempSync(path.join(tmpdir(), "ismark-browser-")), "out");
	execFileSync(path.join(root, "ismark"), ["build", "-C", project, "--out", out, "--date", day, "--quiet", ...options],
		{ stdio: ["ignore", "ignore", "inherit"] });
	return out;
}

function* files(folder, below = "") {
	for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const name = path.posix.join(below, entry.name);
		if (entry.isDirectory())
			yield* files(folder, name);
		else
			yield name;
	}
}

export const isRedirect = (html) => html.includes('http-equiv="refresh"');

// Every page but redirects, by path.
export function pages(out) {
	return [...files(out)].filter((name) => name.endsWith(".html") && !isRedirect(readFileSync(path.join(out, name), "utf8")));
}

// One page of each kind, the longest: a kind is a folder's pages, and each index and top page by itself.
export function kinds(out) {
	const chosen = new Map();
	for (const name of pages(out)) {
		const folder = path.posix.dirname(name);
		const single = folder === "." || path.posix.basename(name) === "index.html";
		const shape = path.posix.basename(name).replace(/^.*?(\.[a-z]+)?\.html$/, "*$1.html");
		const kind = single ? name : `${folder}/${shape}`;
		const size = statSync(path.join(out, name)).size;
		if (!chosen.has(kind) || chosen.get(kind).size < size)
			chosen.set(kind, { kind, path: name, size });
	}
	return [...chosen.values()];
}

// Lets a browser's context find OUT at the address URL, as if it were published there.
export const publishAt = (out, url) => (context) => context.route(`${url}**`, (route) => {
	const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(new URL(url).pathname.length));
	const file = path.join(out, path.posix.normalize(name.endsWith("/") || !name ? `${name}index.html` : name));
	return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404, body: "" });
});
