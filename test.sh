#!/usr/bin/env bash
# Installs what is missing, then runs every test and ends with one line: N passed, N failed.
# ./test.sh [group...] [words]   groups: lint unit property sim golden wasm ui e2e fuzz
#   ./test.sh unit        one group          ./test.sh csv          what has "csv" in its name, everywhere
#   ./test.sh e2e board   both
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if ! "$top/.tools/setup.sh" test </dev/null; then
  echo "0 passed, 1 failed"
  exit 1
fi
source "$top/.tools/env.sh"
cd "$top"
OUTPOST_BROWSER=$(find_browser)
export OUTPOST_BROWSER
exec node .tools/test.mjs "$@" </dev/null
