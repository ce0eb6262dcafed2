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
passed=0 failed=0 missing=() second_tries=()

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

# add_report NAME FILE [counts-of-passed-files]: adds up what vitest reported; no report is a failure.
add_report() {
  local counts
  counts=$(node scripts/test-report.mjs "${3:-counts}" "$2") || counts="0 1"
  passed=$((passed + ${counts% *})) failed=$((failed + ${counts#* }))
  [ "${counts#* }" = 0 ] || echo "FAILED: $1" >&2
}

# vitest_reporting FILE COMMAND...
vitest_reporting() { "${@:2}" --reporter=default --reporter=json --outputFile.json="$1"; }

isolated() {
  as_root env "PATH=$PATH" ${CI:+CI="$CI"} ${HEROPODS_FULL:+HEROPODS_FULL="$HEROPODS_FULL"} \
    ${HEROPODS_PULUMI_CLI:+HEROPODS_PULUMI_CLI="$HEROPODS_PULUMI_CLI"} bash scripts/isolate.sh "$@"
}

# lane NAME PROJECT [OPTION...]: tests in namespaces of their own, beside the others; their output goes to a file for show_lane.
lane() {
  projects[$1]=$2
  vitest_reporting "$reports/$1.json" isolated npx vitest run --project "$2" "${@:3}" >"$reports/$1.log" 2>&1 &
  pids[$1]=$!
}

# files_to_run_again NAME: under CI, the failed files of a lane. More than five are not an accident.
files_to_run_again() {
  [ -n "${CI:-}" ] && node scripts/test-report.mjs failed-files "$reports/$1.json" | awk '{ file[NR] = $0 } END { if (NR <= 5) for (n = 1; n <= NR; n++) print file[n] }'
}

# show_lane NAME TITLE: prints the output of a lane and adds its counts. Beside the other lanes a wait can be too short, so
# failed files run once more, alone on the machine; then their second result counts, and the first one is printed at the end.
show_lane() {
  local files
  say "$2"
  cat "$reports/$1.log"
  mapfile -t files < <(files_to_run_again "$1")
  if [ "${#files[@]}" = 0 ]; then
    add_report "$2" "$reports/$1.json"
    return
  fi
  second_tries+=("$(node scripts/test-report.mjs failures "$reports/$1.json")")
  say "once more, alone: ${files[*]}"
  vitest_reporting "$reports/$1-again.json" isolated npx vitest run --project "${projects[$1]}" "${files[@]}"
  add_report "$2" "$reports/$1.json" counts-of-passed-files
  add_report "$2, once more" "$reports/$1-again.json"
}

declare -A pids projects
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
  for part in 1 2 3; do lane "live-$part" live --shard "$part/3"; done
  lane watch watch
  if wait "$pulumi_cli"; then
    HEROPODS_PULUMI_CLI=$(cat "$reports/pulumi-cli")
    lane pulumi pulumi
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

for one in "${second_tries[@]}"; do echo "failed at its first try: $one" >&2; done
for one in "${missing[@]}"; do echo "$one" >&2; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
