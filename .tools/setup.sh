#!/usr/bin/env bash
# Installs what building (`build`) and, by default, testing need: Debian packages through apt,
# Emscripten and library sources into a private folder of the user's cache. A second run does nothing
# and takes a few milliseconds. Usage: .tools/setup.sh [build|test]
set -euo pipefail
tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$tools/env.sh"
purpose=${1:-test}
say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

imgui_sha256=e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
build_packages=(clang-22 lld-22 llvm-22 libc++-22-dev libc++abi-22-dev libclang-rt-22-dev
  cmake ninja-build ccache python3 xz-utils git ca-certificates
  nlohmann-json3-dev doctest-dev libfast-float-dev robin-map-dev libxxhash-dev)
test_packages=(fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji)
# The other engines, on a virtual display. Without these their tests fail and say so; nothing else needs them.
engine_packages=(firefox-esr webkit2gtk-driver xvfb libegl1 libgl1-mesa-dri)

# --- nothing to do? -------------------------------------------------------------------------------
recipe=$(cat "$tools/setup.sh" "$tools/env.sh" "$tools/../tests/e2e/package.json" 2>/dev/null | cksum)
present() {
  local program
  for program in clang++-22 ld.lld-22 cmake ninja node npm python3; do
    command -v "$program" >/dev/null || return 1
  done
  [ -e /usr/include/nlohmann/json.hpp ] && [ -e /usr/include/doctest/doctest.h ] &&
    [ -e /usr/include/tsl/robin_map.h ] && [ -e /usr/include/xxhash.h ] &&
    [ -e /usr/include/fast_float/fast_float.h ] && [ -n "$(find_emcc)" ] || return 1
  [ "$purpose" = build ] || [ -n "$(find_browser)" ]
}
stamped() { [ "$(cat "$toolchain/stamp-$1" 2>/dev/null)" = "$recipe" ]; }
if { stamped test || stamped "$purpose"; } && present; then
  [ "$purpose" = build ] || link_node_modules
  exit 0
fi

mkdir -p "$toolchain"
exec 9>"$toolchain/lock"
if ! flock -n 9; then
  say "another set-up is running; waiting for it"
  flock 9
fi

# --- Debian packages ------------------------------------------------------------------------------
command -v apt-get >/dev/null || die "apt-get not found: this script knows Debian only. README.md lists what is needed."
packages=("${build_packages[@]}")
node_major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p' || true)
[ "${node_major:-0}" -ge 18 ] || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
if [ "$purpose" != build ]; then
  packages+=("${test_packages[@]}")
  [ -n "$(find_browser)" ] || packages+=(chromium)
fi
missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | cut -c1-2)" = ii ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "not root and no sudo. As root, run: apt-get install ${missing[*]}"
    if [ -t 0 ]; then as_root=(sudo); else as_root=(sudo -n); fi
    "${as_root[@]}" true || die "sudo was refused. As root, run: apt-get install ${missing[*]}"
  fi
  say "installing with apt: ${missing[*]}"
  log="$toolchain/apt.log"
  "${as_root[@]}" apt-get update >"$log" 2>&1 </dev/null || say "apt-get update had errors (see $log); going on with what is known"
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    die "apt-get could not install the packages above (whole log: $log)"
  fi
fi
if [ "$purpose" != build ] && ! { [ -n "$(find_firefox)" ] && command -v Xvfb && command -v WebKitWebDriver; } >/dev/null; then
  say "installing with apt: ${engine_packages[*]}"
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${engine_packages[@]}" \
    >"$toolchain/apt-engines.log" 2>&1 </dev/null || say "Firefox or WebKitGTK could not be installed (log: $toolchain/apt-engines.log): their tests will fail"
fi

# --- A private apt for newer packages: reads them, touches nothing of the system -------------------
private_apt() { apt-get -c "$toolchain/apt/apt.conf" "$@" </dev/null; }
prepare_private_apt() {
  [ ! -e "$toolchain/apt/ready" ] || return 0
  local codename base keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  base=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(CREATED_BY) $(ORIGIN)' |
    awk -v c="$codename" '$2 == c && $3 == "Packages" && $4 == "Debian" { print $1; exit }')
  [ -n "$base" ] || base=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(CREATED_BY)' |
    awk -v c="$codename" '$2 == c && $3 == "Packages" { print $1; exit }')
  [ -n "$base" ] || die "apt knows no Debian archive for '$codename' (apt-get indextargets)"
  local apt="$toolchain/apt" signed=""
  [ ! -e "$keyring" ] || signed="[signed-by=$keyring]"
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status"
  printf '%s\n' "deb $signed $base forky main" "deb-src $signed $base forky main" \
    "deb-src $signed $base $codename main" >"$apt/sources.list"
  cat >"$apt/apt.conf" <<CONF
Dir::State::Lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
APT::Sandbox::User "root";
// The next release's lists are valid for a week only, and mirrors may lag; their signature is checked as ever.
Acquire::Check-Valid-Until "false";
CONF
  say "reading the package lists of Debian's next release"
  private_apt update >"$apt/update.log" 2>&1 || { tail -n 5 "$apt/update.log" >&2; die "apt-get update failed for the private lists"; }
  touch "$apt/ready"
}

# Unpacks a source package's upstream tarball: name, release, wanted SHA-256 or nothing.
fetch_source() {
  local name=$1 release=$2 sha256=$3 target="$toolchain/$1" work="$toolchain/work-$1"
  [ ! -e "$target/.complete" ] || return 0
  prepare_private_apt
  say "fetching the source of $name"
  rm -rf "$work" "$target"
  mkdir -p "$work/tree"
  (cd "$work" && private_apt source --download-only "$name/$release" >log 2>&1) || { tail -n 5 "$work/log" >&2; return 1; }
  local tarball
  tarball=$(ls "$work"/*.orig.tar.*)
  if [ -n "$sha256" ] && ! echo "$sha256  $tarball" | sha256sum --check --status; then
    say "$name: the archive holds another version ($(basename "$tarball")) than the one wanted"
    return 1
  fi
  tar -xf "$tarball" -C "$work/tree" --strip-components=1
  touch "$work/tree/.complete"
  mv "$work/tree" "$target"
  rm -rf "$work"
}
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
fetch_source imgui forky "$imgui_sha256" || say "imgui: CMake will fetch the same release from its upstream repository instead"
fetch_source utf8proc "$codename" "" || say "utf8proc: CMake will fetch it from its upstream repository instead"

# --- Emscripten -------------------------------------------------------------------------------------
# The Debian release here is too old for Emscripten's newer binaries, so the programs of binaryen run
# with the C library that comes beside them.
wrap_program() {
  local prefix=$1 program=$2 libraries
  libraries=$(dirname "$(find "$prefix/usr/lib" -name 'libc.so.6' | head -n 1)")
  local loader
  loader=$(find "$libraries" -maxdepth 1 -name 'ld-linux*' | head -n 1)
  mkdir -p "$prefix/binaryen/bin"
  printf '#!/bin/sh\nexec %s --library-path %s %s "$@"\n' \
    "'${loader/$prefix/$emscripten_prefix}'" "'${libraries/$prefix/$emscripten_prefix}'" \
    "'$emscripten_prefix/usr/bin/$program'" >"$prefix/binaryen/bin/$program"
  chmod +x "$prefix/binaryen/bin/$program"
}
install_emscripten() {
  prepare_private_apt
  local work="$emscripten_prefix.new" package
  rm -rf "$work" "$emscripten_prefix"
  mkdir -p "$work/debs"
  say "fetching Emscripten"
  (cd "$work/debs" && private_apt download emscripten/forky binaryen/forky libc6/forky libstdc++6/forky libgcc-s1/forky >../log 2>&1) ||
    { tail -n 5 "$work/log" >&2; die "could not download Emscripten"; }
  for package in "$work"/debs/*.deb; do dpkg -x "$package" "$work"; done
  rm -rf "$work/debs"
  local root="$work/usr/share/emscripten" version program
  version=$(tr -d '"' <"$root/emscripten-version.txt" | cut -d- -f1)
  [ "${version%%.*}" -ge 6 ] || die "the archive has Emscripten $version; at least 6.0 is needed"
  for program in "$work"/usr/bin/wasm*; do wrap_program "$work" "$(basename "$program")"; done
  cat >"$root/.emscripten" <<CONF
LLVM_ROOT = '/usr/lib/llvm-22/bin'
BINARYEN_ROOT = '$emscripten_prefix/binaryen'
NODE_JS = '$(command -v node)'
CACHE = '$emscripten_prefix/cache'
CONF
  say "fetching acorn for Emscripten"
  (cd "$root" && npm install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix "$root" \
    acorn@8 acorn-import-phases@1 >"$work/npm.log" 2>&1 </dev/null) || { tail -n 5 "$work/npm.log" >&2; die "npm could not install acorn"; }
  mv "$work" "$emscripten_prefix"
  say "Emscripten $version is in place; building its system libraries (once, about two minutes)"
  local probe="$emscripten_prefix/probe"
  mkdir -p "$probe"
  printf '#include <string>\n#include <map>\nint main(int n, char** v) { std::map<std::string, int> m; m[v[0]] = n; return m.size() - 1; }\n' >"$probe/p.cpp"
  (cd "$probe" && "$emscripten_prefix/usr/bin/em++" -Wno-version-check -std=c++23 -fno-exceptions -O2 p.cpp -o p.mjs \
      -Wl,--no-stack-first -sALLOW_MEMORY_GROWTH=1 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 >log 2>&1 </dev/null &&
    node p.mjs) || { tail -n 20 "$probe/log" >&2; die "Emscripten's first build failed"; }
  touch "$emscripten_prefix/.complete"
}
if [ -n "$(find_emcc)" ]; then
  say "using $(find_emcc)"
else
  install_emscripten
fi

# --- Browser tests' own packages ----------------------------------------------------------------------
if [ "$purpose" != build ] && [ -e "$tools/../tests/e2e/package.json" ]; then
  say "fetching the browser tests' packages"
  mkdir -p "$toolchain/e2e"
  cp "$tools/../tests/e2e/package.json" "$toolchain/e2e/package.json"
  (cd "$toolchain/e2e" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-package-lock --no-audit --no-fund --ignore-scripts \
    >npm.log 2>&1 </dev/null) || { tail -n 8 "$toolchain/e2e/npm.log" >&2; die "npm could not install the browser tests' packages"; }
  link_node_modules
fi
printf '%s\n' "$recipe" >"$toolchain/stamp-$purpose"
say "done"
