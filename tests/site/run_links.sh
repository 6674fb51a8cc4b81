#!/bin/bash
# Every link and fragment of the published sample, judged by linkchecker. It also has to find two that are broken.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # linkchecker gives up root's rights
printf '[AnchorCheck]\n' >"$work/rc"

check() {
	linkchecker -f "$work/rc" -o csv --no-status "$work/$1/index.html" 2>"$work/errors" | grep -v '^#' | tail -n +2
}

./ismark build --date 2026-06-30 --quiet --out "$work/out" || { echo "not ok 1 - the sample is published"; exit 1; }
check out >"$work/found"
pages=$(find "$work/out" -name '*.html' | wc -l)
if [ -s "$work/found" ]; then
	echo "not ok 1 - every link and fragment of $pages pages resolves"
	cut -c 1-200 "$work/found" | head -n 30 | sed 's/^/# /'
else
	echo "ok 1 - every link and fragment of $pages pages resolves"
fi

mkdir -m 755 "$work/broken"
page='<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main>'
echo "$page<p id=\"here\"><a href=\"second.html#there\">a</a></p></main></body></html>" >"$work/broken/index.html"
echo "$page<p id=\"there\"><a href=\"index.html#here\">a</a> <a href=\"index.html#no-such-place\">b</a> <a href=\"none.html\">c</a></p></main></body></html>" >"$work/broken/second.html"
check broken >"$work/found"
if [ "$(wc -l <"$work/found")" -eq 2 ] && grep -q '^index.html#no-such-place;' "$work/found" && grep -q '^none.html;' "$work/found"; then
	echo "ok 2 - the checker finds a broken link and a broken fragment"
else
	echo "not ok 2 - the checker finds a broken link and a broken fragment"
	sed 's/^/# /' "$work/found" "$work/errors"
fi
echo "1..2"
