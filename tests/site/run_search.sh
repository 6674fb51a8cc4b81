#!/bin/bash
# The search against MiniSearch itself: search.mjs builds an index with the library from the texts that ismark publishes, and
# compares it with the index that ismark wrote; the words against search/engine.js; hostile texts. Prints TAP.
cd "$(dirname "$0")/../.." || exit 2
ismark=$(realpath "${ISMARK:-./ismark}")
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
build() { # CONTENT NAME
	if ! timeout 120 "$ismark" build --content "$1" --out "$work/$2" --date 2026-06-30 >"$work/log" 2>&1; then
		grep -q '^published' "$work/log" || { echo "not ok 1 - $2 is published"; tail -n 5 "$work/log" | sed 's/^/# /'; exit 1; }
	fi
}

node tests/site/search.mjs generate "$work/generated-content" "$work/hostile-content" || exit 2
build content sample
build tests/cases/base base
build "$work/generated-content" generated
build "$work/hostile-content" hostile
for name in sample base; do
	content=content
	[ $name = sample ] || content=tests/cases/base
	"$ismark" list headings --content $content --date 2026-06-30 --format json >"$work/$name/headings.json"
done
cp -r content "$work/off-content" && chmod -R u+w "$work/off-content" && printf '\nsearch: false\n' >>"$work/off-content/site.yaml"
build "$work/off-content" off
node tests/site/search.mjs compare "${ORACLE:-.build/release/oracle/search_tokens}" "$work"
