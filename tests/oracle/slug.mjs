// One JSON list of lists of headings in, the ids of each list by github-slugger out.
import { readFileSync } from "node:fs";
import GithubSlugger from "../node_modules/github-slugger/index.js";

const documents = JSON.parse(readFileSync(0, "utf8"));
const ids = documents.map((headings) => {
  const slugger = new GithubSlugger();
  return headings.map((heading) => slugger.slug(heading));
});
process.stdout.write(JSON.stringify(ids));
