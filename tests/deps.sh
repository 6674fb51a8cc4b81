#!/bin/sh
# Installs the Debian packages named in DEBIAN_PACKAGES that are missing, and the npm packages of the folders in
# NPM_FOLDERS. Says what it does; does nothing twice.
set -eu
cd "$(dirname "$0")/.."

missing=
for package in $DEBIAN_PACKAGES; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
	echo "deps: installing$missing"
	as_root=
	[ "$(id -u)" = 0 ] || as_root=sudo
	$as_root apt-get update -q
	# shellcheck disable=SC2086 # a list of words
	DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $missing
else
	echo "deps: every Debian package is installed"
fi
for folder in $NPM_FOLDERS; do
	echo "deps: installing the npm packages of $folder/package.json"
	npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts
done
