# Sourced by the scripts here: where the toolchain is, and how its programs are found.
toolchain=${OUTPOST_TOOLCHAIN:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/outpost-toolchain}
export OUTPOST_TOOLCHAIN="$toolchain"
emscripten_prefix="$toolchain/emscripten"

# Prints the emcc to use: one on the PATH that is new enough, else the prepared one, else nothing.
find_emcc() {
  local found major
  if found=$(command -v emcc); then
    major=$("$found" -dumpversion 2>/dev/null | cut -d. -f1)
    if [ "${major:-0}" -ge 4 ] 2>/dev/null; then echo "$found"; return; fi
  fi
  [ ! -e "$emscripten_prefix/.complete" ] || echo "$emscripten_prefix/usr/bin/emcc"
}

# Prints the browser that tests drive, or nothing.
find_browser() {
  local name
  for name in "${OUTPOST_BROWSER:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 0
}

# Prints the Firefox that tests drive, or nothing.
find_firefox() {
  local name
  for name in "${OUTPOST_FIREFOX:-}" firefox-esr firefox; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 0
}

# The browser tests' packages live in the toolchain folder; every checkout points there.
link_node_modules() {
  local here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  [ ! -d "$here/tests/e2e" ] || ln -sfn "$toolchain/e2e/node_modules" "$here/tests/e2e/node_modules"
}
