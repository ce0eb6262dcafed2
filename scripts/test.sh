#!/usr/bin/env bash
# npm test: the whole set-up, then every check and test on this machine's real kernel; ends with the counts.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

require_node
system_packages || exit 1
install_packages docker-registry:docker-registry:docker-distribution curl:curl:curl redis-cli:redis-tools:valkey-compat-redis ps:procps:procps-ng chromium:chromium:chromium gcc:gcc:gcc || exit 1
PATH="$PATH:/usr/sbin:/sbin"
node_packages || exit 1
say "building dist/heropods.js"
npm run --silent build || exit 1

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
passed=0 failed=0 missing=()

# counted NAME COMMAND...: a step that counts as one test.
counted() {
  local name=$1
  shift
  say "$name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $name" >&2; fi
}

# did_not_run WHAT WHY: counts as failed, and is said once more at the end.
did_not_run() {
  missing+=("$1 DID NOT RUN: $2")
  failed=$((failed + 1))
  echo "${missing[-1]}" >&2
}

# add_report NAME FILE: adds up what vitest reported; no report is a failure.
add_report() {
  local counts
  counts=$(node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
    const isFailed = (one) => one.status === "failed"
    const files = r.testResults.filter((one) => isFailed(one) && !one.assertionResults.some(isFailed)).length
    console.log(r.numPassedTests, r.numFailedTests + files)' "$2") || counts="0 1"
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
  [ "${counts#* }" = 0 ] || echo "FAILED: $1" >&2
}

# vitest_reporting FILE COMMAND...
vitest_reporting() { "${@:2}" --reporter=default --reporter=json --outputFile.json="$1"; }

isolated() { as_root env "PATH=$PATH" ${CI:+CI="$CI"} bash scripts/isolate.sh "$@"; }

counted "types, lint and generated files" npm run --silent check
say "unit tests"
vitest_reporting "$reports/unit.json" npx vitest run --project unit
add_report "unit tests" "$reports/unit.json"

if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
  did_not_run "the live tests, those of watch and of Pulumi" "they need root, or sudo without a password"
else
  pulumi=
  if cli=$(scripts/pulumi-cli.sh); then
    say "Pulumi tests, in namespaces of their own beside the live tests; what they say comes at the end"
    vitest_reporting "$reports/pulumi.json" isolated env "HEROPODS_PULUMI_CLI=$cli" npx vitest run --project pulumi >"$reports/pulumi.log" 2>&1 &
    pulumi=$!
  else
    # It has said why, and what to install.
    did_not_run "the Pulumi tests" "they need the Pulumi CLI, or Go to build it"
  fi
  say "tests of watch, in namespaces of their own beside them"
  vitest_reporting "$reports/watch.json" isolated npx vitest run --project watch >"$reports/watch.log" 2>&1 &
  watch=$!
  say "live tests, in namespaces of their own"
  vitest_reporting "$reports/live.json" isolated npx vitest run --project live
  add_report "live tests" "$reports/live.json"
  wait "$watch"
  cat "$reports/watch.log"
  add_report "tests of watch" "$reports/watch.json"
  if [ -n "$pulumi" ]; then
    wait "$pulumi"
    cat "$reports/pulumi.log"
    add_report "Pulumi tests" "$reports/pulumi.json"
  fi
  counted "quickstart in throw-away namespaces" npm run --silent quickstart -- --isolated
fi

for one in "${missing[@]}"; do echo "$one" >&2; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
