#!/bin/sh
# ismark-pdf [-o DIR] [OUT [PAGE...]]: prints pages of a published site to PDF with headless Chromium.
# OUT is the site (default: out), DIR where the files go (default: pdf), PAGE a page's path below OUT; without
# any: the report, the Statement of Applicability and every page that carries a document of its own.
set -eu

fail() {
	echo "ismark-pdf: $1" >&2
	exit "$2"
}

usage="usage: ismark-pdf [-o DIR] [OUT [PAGE...]]"
target=pdf
while getopts o:h option; do
	case $option in
	o) target=$OPTARG ;;
	h) echo "$usage"; exit 0 ;;
	*) fail "$usage" 2 ;;
	esac
done
shift $((OPTIND - 1))
site=${1:-out}
[ $# -eq 0 ] || shift
[ -f "$site/index.html" ] || fail "there is no site in \`$site\`; run \`ismark build\` first" 2

browser=
for name in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
	browser=$(command -v "$name") && break
done
[ -n "$browser" ] || fail "Chromium is not installed (Debian: apt install chromium); any page can be printed from a browser as well" 3

flags="--headless --disable-gpu --no-pdf-header-footer --generate-pdf-document-outline"
[ "$(id -u)" != 0 ] || flags="$flags --no-sandbox" # Chromium has no sandbox for root

documents() {
	if [ $# -gt 0 ]; then
		printf '%s\n' "$@"
		return
	fi
	for page in report.html soa/index.html; do
		[ ! -f "$site/$page" ] || echo "$page"
	done
	(cd "$site" && find . -name '*.html' -exec grep -l '^<html [^>]*data-prints' {} +) | sed 's|^\./||' | sort
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$(cd "$site" && pwd)
count=0 failed=0
documents "$@" >"$work/pages"
while read -r page; do
	[ -f "$site/$page" ] || fail "there is no page \`$page\` in \`$site\`" 2
	file=$target/${page%.html}.pdf
	mkdir -p "$(dirname "$file")"
	address=$(printf '%s' "$root/$page" | sed 's/%/%25/g; s/ /%20/g; s/#/%23/g; s/?/%3F/g')
	# shellcheck disable=SC2086 # a list of words
	if "$browser" $flags --user-data-dir="$work/profile" --print-to-pdf="$file" "file://$address" </dev/null >"$work/log" 2>&1 && [ -s "$file" ]; then
		count=$((count + 1))
	else
		failed=$((failed + 1))
		echo "ismark-pdf: \`$page\` was not printed: $(tail -n 1 "$work/log")" >&2
	fi
done <"$work/pages"
echo "printed $count files to $target"
[ "$failed" -eq 0 ] || exit 3
