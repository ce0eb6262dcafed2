#!/usr/bin/env bash
# npm test: the whole set-up, then every check and test on this machine's real kernel; ends with the counts.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

require_node
system_packages || exit 1
install_packages docker-registry:docker-registry:docker-distribution curl:curl:curl redis-cli:redis-tools:valkey-compat-redis ps:procps:procps-ng || exit 1
PATH="$PATH:/usr/sbin:/sbin"
node_packages || exit 1
say "building dist/heropods.js"
npm run --silent build || exit 1

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
passed=0 failed=0

# counted NAME COMMAND...: a step that counts as one test.
counted() {
  local name=$1
  shift
  say "$name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $name" >&2; fi
}

# vitest_counted NAME FILE COMMAND...: adds up what vitest reports; no report is a failure.
vitest_counted() {
  local name=$1 file=$2 counts
  shift 2
  say "$name"
  "$@" --reporter=default --reporter=json --outputFile.json="$file"
  counts=$(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
    const files = r.testResults.filter((one) => one.status === "failed" && one.assertionResults.length === 0).length
    console.log(r.numPassedTests, r.numFailedTests + files)' "$file") || counts="0 1"
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
}

counted "types, lint and generated files" npm run --silent check
vitest_counted "unit tests" "$reports/unit.json" npx vitest run --project unit
if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
  vitest_counted "live tests, in namespaces of their own" "$reports/live.json" \
    as_root env "PATH=$PATH" bash scripts/isolate.sh npx vitest run --project live
  counted "quickstart in throw-away namespaces" npm run --silent quickstart -- --isolated
else
  echo "The live tests DID NOT RUN: they need root, or sudo without a password." >&2
  failed=$((failed + 1))
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
