#!/usr/bin/env bash
# npm run quickstart: set-up, build, and the example from YAML to running containers. With --isolated it all happens in
# throw-away namespaces and folders, and nothing is left.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

require_node
system_packages
PATH="$PATH:/usr/sbin:/sbin"
command -v curl >/dev/null || install_packages curl:curl:curl
node_packages
say "building dist/heropods.js"
npm run --silent build

if [ "${1:-}" = --isolated ]; then
  as_root env "PATH=$PATH" bash scripts/isolate.sh bash scripts/quickstart-tour.sh --isolated
else
  as_root env "PATH=$PATH" ${QUICKSTART_PORT:+QUICKSTART_PORT="$QUICKSTART_PORT"} bash scripts/quickstart-tour.sh
fi
