#!/bin/bash
# make install into a staging folder: the installed program works from an empty folder and finds its theme; uninstall
# leaves nothing; a missing library is one line that names it and `make deps`. Prints TAP.
cd "$(dirname "$0")/../.." || exit 2
unset MAKEFLAGS MFLAGS MAKELEVEL # this make is a user's, not a part of the one that runs the tests
number=0 failed=0
report() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
	fi
}
stage=$(mktemp -d) && trap 'rm -rf "$stage"' EXIT
project=$stage/project
mkdir "$project"

make -s install PREFIX=/usr DESTDIR="$stage/root" >"$stage/log" 2>&1
report $? "make install" || sed 's/^/# /' "$stage/log"
[ -x "$stage/root/usr/bin/ismark" ]
report $? "the program is in bin/"
for page in man1/ismark.1 man5/ismark-format.5 man7/ismark-checks.7; do
	[ -s "$stage/root/usr/share/man/$page" ] && ! grep -q '^@' "$stage/root/usr/share/man/$page"
	report $? "$page is there, its marks filled"
done
cp -r tests/cases/base "$project/content"
(cd "$project" && "$stage/root/usr/bin/ismark" build --date 2026-06-30 >"$stage/log" 2>&1)
report $? "the installed program publishes with the theme that came with it"
sed 's/^/# /' "$stage/log" | head -n 5
[ -s "$project/out/index.html" ] && grep -q 'Permission is hereby granted' "$project/out/search/engine.js" && ! grep -q "$PWD" -r "$project/out"
report $? "the site is there with its search and names no build folder"
printf 'filters: [filters/admonitions.lua]\n' >>"$project/content/site.yaml"
(cd "$project" && "$stage/root/usr/bin/ismark" check --date 2026-06-30 >"$stage/log" 2>&1)
report $? "the installed program finds a filter that came with it"
(cd "$project" && "$stage/root/usr/bin/ismark" init sample --date 2027-01-15 >"$stage/log" 2>&1 &&
	"$stage/root/usr/bin/ismark" init --bare bare >>"$stage/log" 2>&1 &&
	"$stage/root/usr/bin/ismark" -C sample check --date 2027-01-15 >>"$stage/log" 2>&1)
report $? "the installed program starts a project with the sample that came with it"
sed 's/^/# /' "$stage/log" | head -n 5
make -s uninstall PREFIX=/usr DESTDIR="$stage/root" >/dev/null
[ -z "$(find "$stage/root" -type f)" ]
report $? "make uninstall leaves no file"

! PKG_CONFIG_LIBDIR=$stage/none PKG_CONFIG_PATH='' make ismark >"$stage/log" 2>&1 && [ "$(wc -l <"$stage/log")" -eq 1 ] && grep -q 'libcmark' "$stage/log" && grep -q 'make deps' "$stage/log"
report $? "a missing library is one line that names it and make deps"
sed 's/^/# /' "$stage/log"
! make ismark MINISEARCH="$stage/none" >"$stage/log" 2>&1 && [ "$(wc -l <"$stage/log")" -eq 1 ] && grep -q 'minisearch' "$stage/log" && grep -q 'make deps' "$stage/log"
report $? "a missing npm package is one line that names it and make deps"

make -n build-deps >"$stage/log" && grep -q 'libcmark-dev' "$stage/log" && ! grep -qE 'chromium|libcmocka| tests"' "$stage/log"
report $? "build-deps asks for nothing that only the tests need"
sed 's/^/# /' "$stage/log"
echo "1..$number"
exit $failed
