#!/usr/bin/env bash
# npm test: set-up and every test; ends with the counts.
set -uo pipefail
cd "$(dirname "$0")/.."
[ -d node_modules ] || npm ci --no-audit --no-fund || exit 1
report=$(mktemp)
npx vitest run --project unit --reporter=default --reporter=json --outputFile.json="$report"
status=$?
node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); console.log(`${r.numPassedTests} passed, ${r.numFailedTests} failed`)' "$report" || status=1
rm -f "$report"
exit $status
