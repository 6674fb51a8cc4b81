#!/bin/bash
# The manual pages are valid mdoc(7), and the shell scripts pass shellcheck. Prints TAP.
cd "$(dirname "$0")/../.." || exit 2
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
for page in .build/release/man/*.[1-8]; do
	output=$(mandoc -T lint -W warning "$page" 2>&1)
	code=$?
	[ -z "$output" ] || echo "$output" | head -n 20 | sed 's/^/# /'
	report $code "mandoc accepts $(basename "$page")"
done
for script in src/*/*.sh tests/deps.sh tests/run .ci/run tests/*/run*.sh; do
	shellcheck "$script" | sed 's/^/# /'
	report "${PIPESTATUS[0]}" "shellcheck accepts $script"
done
echo "1..$number"
exit $failed
