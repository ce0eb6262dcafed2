#!/usr/bin/env bash
# The quickstart's tour, as root: plan, apply, look, fetch, and a second plan that is empty.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh
heropods() { node dist/heropods.js "$@"; }
shown() { say "heropods $*"; heropods "$@"; }
port=${QUICKSTART_PORT:-8080}

shown diff examples/quickstart
shown apply --yes examples/quickstart
shown ps
say "curl http://127.0.0.1:$port/"
curl --silent --show-error --fail --max-time 10 --retry 5 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$port/"
say "heropods exec visitor wget -qO- http://web/   (from the other container, by name)"
heropods exec visitor wget -qO- http://web/ | head -3
shown logs --tail 1 visitor
say "heropods diff examples/quickstart --exit-code   (a second plan is empty)"
heropods diff examples/quickstart --exit-code

if [ "${1:-}" = --isolated ]; then
  shown destroy --yes --delete-data quickstart
  heropods instance rm default --delete-data --yes
  say "That was all in throw-away namespaces: nothing is left."
else
  cat <<TEXT

The containers run on. To play with them (as root):

  alias heropods="node $PWD/dist/heropods.js"
  heropods ps                                   what runs
  heropods logs --follow visitor                what it says
  heropods exec -it web sh                      a shell inside
  \$EDITOR examples/quickstart/heropods.yaml     change something, then
  heropods diff examples/quickstart             what would follow from it
  heropods apply examples/quickstart            make it so

To remove them:

  heropods destroy quickstart                   containers, network, rules
  heropods instance rm default --delete-data    and everything HeroPods keeps
TEXT
fi
