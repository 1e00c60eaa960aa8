#!/bin/sh
# Installs what package-lock.json pins, unless it is there already. Run by the build in the project's folder.
set -eu
. build-tools/jdk.sh
need_node_20
installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
  exit 0
fi
npm ci --silent --no-audit --no-fund --ignore-scripts
touch "$installed"
