#!/usr/bin/env bash
# `npm run demo -- --once` from the repository: a report on stdout, the scan's exit code.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf leeway-demo
report=$(mktemp)
code=0
npm run --silent demo -- --once >"$report" || code=$?
tail -n 3 "$report"
rm -f "$report"
[ "$code" -eq 2 ]
