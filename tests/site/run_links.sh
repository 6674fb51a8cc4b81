#!/bin/bash
# Every link and fragment of the published sample, judged by linkchecker. It first has to find two that we break.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # linkchecker gives up root's rights
printf '[AnchorCheck]\n' >"$work/rc"

check() {
	linkchecker -f "$work/rc" -o csv --no-status "$work/out/index.html" 2>"$work/errors" | grep -v '^#' | tail -n +2
}

./ismark build --date 2026-06-30 --quiet --out "$work/out" || { echo "not ok 1 - the sample is published"; exit 1; }
check >"$work/found"
pages=$(find "$work/out" -name '*.html' | wc -l)
if [ -s "$work/found" ]; then
	echo "not ok 1 - every link and fragment of $pages pages resolves"
	cut -c 1-200 "$work/found" | head -n 30 | sed 's/^/# /'
else
	echo "ok 1 - every link and fragment of $pages pages resolves"
fi

sed -i 's|</main>|<a href="soa/index.html#no-such-place">x</a> <a href="no-such-page.html">y</a></main>|' "$work/out/index.html"
check >"$work/found"
if [ "$(wc -l <"$work/found")" -eq 2 ] && grep -q '^soa/index.html#no-such-place;' "$work/found" && grep -q '^no-such-page.html;' "$work/found"; then
	echo "ok 2 - the checker finds a broken link and a broken fragment"
else
	echo "not ok 2 - the checker finds a broken link and a broken fragment"
	sed 's/^/# /' "$work/found" "$work/errors"
fi
echo "1..2"
