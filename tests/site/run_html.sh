#!/bin/bash
# Valid HTML5 by html-validate (npm), an implementation that is not ours: every page of the clean base, of the sample, and of
# a folder with one document of everything that Markdown has. html-validate.json turns off what is taste or content:
# valid-id (anchors are ids of records, A.5.1), long-title (titles are the authors'), void-style and
# attribute-boolean-style (task lists are spelled as the specification of GFM has them). Prints TAP.
cd "$(dirname "$0")/../.." || exit 2
ismark=${ISMARK:-./ismark}
validate=tests/node_modules/.bin/html-validate
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
number=0 failed=0

report() { # CODE NAME
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
		head -n 40 "$work/log" | sed 's/^/# /'
	fi
}

valid() { # FOLDER
	"$validate" --config tests/site/html-validate.json --formatter text "$1" >"$work/log" 2>&1
}

if [ ! -x "$validate" ]; then
	echo "not ok 1 - html-validate is installed"
	echo "# run make deps"
	exit 1
fi

"$ismark" build --content tests/cases/base --out "$work/base" --date 2026-06-30 >"$work/log" 2>&1 && valid "$work/base"
report $? "the pages of the clean base"
"$ismark" build --content content --out "$work/sample" --date 2026-06-30 >"$work/log" 2>&1 && valid "$work/sample"
report $? "the pages of the sample"
"$ismark" build --content tests/site/everything --out "$work/everything" --date 2026-06-30 >"$work/log" 2>&1 && valid "$work/everything"
report $? "the pages of everything that Markdown has"

# The validator must be able to fail.
mkdir "$work/broken"
sed 's|</main>|</div>|; s|<html lang="[a-z]*">|<html>|' "$work/base/index.html" >"$work/broken/index.html"
valid "$work/broken"
[ $? -eq 1 ]
report $? "a broken page is refused"
echo "1..$number"
exit $failed
