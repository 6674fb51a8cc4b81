#!/bin/bash
# Pages in Debian's Chromium.
cd "$(dirname "$0")" || exit 2
if [ ! -d ../node_modules/playwright-core ]; then
	echo "not ok 1 - playwright-core is installed"
	echo "# run make deps"
	exit 1
fi
failed=0
for program in pages.mjs use.mjs search.mjs; do
	node "$program" || failed=1
done
exit $failed
