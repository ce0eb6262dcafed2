#!/usr/bin/env bash
# npm test: the whole set-up, then every check and test on this machine's real kernel; ends with the counts.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

require_node
system_packages || exit 1
install_packages docker-registry:docker-registry:docker-distribution curl:curl:curl redis-cli:redis-tools:valkey-compat-redis ps:procps:procps-ng chromium:chromium:chromium gcc:gcc:gcc age:age:age mandoc:mandoc:mandoc fish:fish:fish zsh:zsh:zsh openssl:openssl:openssl nginx:nginx:nginx /usr/lib/postgresql:postgresql:postgresql-server || exit 1
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

isolated() { as_root env "PATH=$PATH" ${CI:+CI="$CI"} ${HEROPODS_FULL:+HEROPODS_FULL="$HEROPODS_FULL"} bash scripts/isolate.sh "$@"; }

# lane NAME COMMAND...: tests in namespaces of their own, beside the others; what they print is kept for show_lane.
lane() {
  vitest_reporting "$reports/$1.json" isolated "${@:2}" >"$reports/$1.log" 2>&1 &
  pids[$1]=$!
}

# show_lane NAME TITLE: prints what a lane said and adds its counts.
show_lane() {
  say "$2"
  cat "$reports/$1.log"
  add_report "$2" "$reports/$1.json"
}

declare -A pids
build_log="$reports/pulumi-cli.log"
scripts/pulumi-cli.sh >"$reports/pulumi-cli" 2>"$build_log" &
pulumi_cli=$!
counted "types, lint and generated files" npm run --silent check
say "unit tests"
vitest_reporting "$reports/unit.json" npx vitest run --project unit
add_report "unit tests" "$reports/unit.json"

if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
  did_not_run "the live tests, those of watch and of Pulumi" "they need root, or sudo without a password"
else
  say "live tests, tests of watch and of Pulumi, side by side in namespaces of their own; their failures come at the end"
  for part in 1 2 3; do lane "live-$part" npx vitest run --project live --shard "$part/3"; done
  lane watch npx vitest run --project watch
  if wait "$pulumi_cli"; then
    lane pulumi env "HEROPODS_PULUMI_CLI=$(cat "$reports/pulumi-cli")" npx vitest run --project pulumi
  else
    # It has said why, and what to install.
    cat "$build_log" >&2
    did_not_run "the Pulumi tests" "they need the Pulumi CLI, or Go to build it"
  fi
  # Meanwhile each file as it ends.
  tail --pid=$$ -q -n +1 -f "$reports"/{live,watch,pulumi}*.log 2>/dev/null | grep --line-buffered -E '\.test\.ts.*tests?\b' &
  wait "${pids[@]}"
  for part in 1 2 3; do show_lane "live-$part" "live tests, part $part of 3"; done
  show_lane watch "tests of watch"
  [ -z "${pids[pulumi]:-}" ] || show_lane pulumi "Pulumi tests"
  counted "quickstart in throw-away namespaces" npm run --silent quickstart -- --isolated
fi

for one in "${missing[@]}"; do echo "$one" >&2; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
