#!/usr/bin/env bash
# Packs the published package, installs it in an empty folder and runs its demo there.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$root/node_modules/.bin:$PATH"

cd "$root"
npm run --silent build
(cd packages/cli && npm pack --silent --pack-destination "$work" >/dev/null)
mkdir "$work/empty"
cd "$work/empty"
npm init -y >/dev/null
npm install --omit=optional --no-audit --no-fund --loglevel=error "$work"/leeway-*.tgz

size=$(du -sm node_modules | cut -f1)
echo "installed: ${size} MB (limit 60)"
[ "$size" -lt 60 ]

code=0
npx --no-install leeway demo --once >report.txt || code=$?
tail -n 3 report.txt
# The example has drift on purpose; 2 says that it was found.
[ "$code" -eq 2 ]
