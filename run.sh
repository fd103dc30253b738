#!/usr/bin/env bash
# Builds Outpost and serves it on this machine. Installs what is missing.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage() {
  cat <<'TEXT'
Usage: ./run.sh [--port N] [--debug] [--dist DIR] [--connect ORIGIN]...
  --port N     serve on 127.0.0.1:N (8080 when not given; the next free port when it is in use)
  --debug      build with assertions and names instead of the optimised build
  --dist DIR   write the static site to DIR and stop
  --connect ORIGIN   let the page ask this site for a web form's answers (https://forms.example)
TEXT
}
port=8080 preset=web-release dist="" connect=()
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:?--port needs a number}; shift 2 ;;
    --debug) preset=web-debug; shift ;;
    --dist) dist=${2:?--dist needs a folder}; shift 2 ;;
    --connect) connect+=(--connect "${2:?--connect needs an origin}"); shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) echo "run.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
case $port in *[!0-9]* | "") echo "run.sh: --port needs a number, not \"$port\"" >&2; exit 2 ;; esac
[ "$port" -ge 1 ] && [ "$port" -le 65535 ] || { echo "run.sh: --port must be between 1 and 65535" >&2; exit 2; }
[ -z "$dist" ] || { mkdir -p "$dist" && dist=$(cd "$dist" && pwd); }

"$top/.tools/setup.sh" build
source "$top/.tools/env.sh"
cd "$top"
build=build/$preset
mkdir -p build
if ! .tools/configure.sh "$preset" >"$build.log" 2>&1; then cat "$build.log" >&2; exit 1; fi
echo "Building ($preset; the first time takes a few minutes)"
cmake --build --preset "$preset" --target outpost_app
node .tools/dist.mjs "$build" "${dist:-build/site}" ${connect[@]+"${connect[@]}"}
[ -z "$dist" ] || exit 0
exec node .tools/serve.mjs build/site --port "$port"
