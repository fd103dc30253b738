#!/usr/bin/env bash
# Configures a preset; afresh when the checkout was moved or copied with its build folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cache=build/$1/CMakeCache.txt fresh=()
if [ -e "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "$cache"; then fresh=(--fresh); fi
exec cmake "${fresh[@]}" --preset "$1"
