# What the scripts of this folder share: messages, versions, places. Sourced, never run.
# shellcheck shell=bash disable=SC2034 # unused here, used by those who source it

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Per user, not per clone: a second clone finds the tools ready.
cache=${HAPPENS_BEFORE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/happens-before}
logs=$cache/log

trunk_version=0.21.14
binaryen_version=132
axe_version=4.14.1
# For `make bench-pages` only. Lighthouse 13 wants a newer Node.js than many systems have.
lighthouse_version=12.8.2
vitepress_version=1.6.4
mdbook_version=0.5.4

say() { printf '%s\n' "$*"; }

# One sentence on stderr, with the command that would help, and out.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The browser's command, which differs from system to system.
chromium_name() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    have "$name" && printf '%s' "$name" && return
  done
  return 1
}

# at_least 1.90 1.95.0: is the second version no older than the first?
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# logged NAME COMMAND…: the output goes to a log; its end is shown if the command fails.
logged() {
  local log=$logs/$1.log
  shift
  mkdir -p "$logs"
  # Without the lock of tools/setup, which something left running must not keep.
  "$@" </dev/null >"$log" 2>&1 9>&- && return
  printf -- '--- the end of %s\n' "$log" >&2
  tail -n 20 "$log" >&2
  printf -- '---\n' >&2
  return 1
}

# limited SECONDS COMMAND…: ends what takes longer, where the system can.
limited() {
  if have timeout; then timeout "$@"; else "${@:2}"; fi
}

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' "$repo/Cargo.lock"
}

# What a tool says its version is: the first number with a dot, or the first number at all.
version_of() {
  "$@" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)*' | head -n 1 || true
}

# Folders of the tools this project installed for itself. Each holds one version of one tool.
wasm_bindgen_version=$(locked_version wasm-bindgen)
wasm_bindgen_home=$cache/wasm-bindgen-$wasm_bindgen_version
trunk_home=$cache/trunk-$trunk_version
binaryen_home=$cache/binaryen-$binaryen_version
wasm_rust_home=$cache/wasm-rust
axe_home=$cache/axe-$axe_version
# The script that the tests put into each page.
axe_file=node_modules/axe-core/axe.min.js
lighthouse_home=$cache/lighthouse-$lighthouse_version
vitepress_home=$cache/vitepress-$vitepress_version
mdbook_home=$cache/mdbook-$mdbook_version

# The same PATH with the project's own tools first, where they have been installed.
tools_path() {
  local path=$PATH folder
  for folder in "$wasm_bindgen_home/bin" "$trunk_home/bin" "$binaryen_home/node_modules/.bin"; do
    [ -d "$folder" ] && path=$folder:$path
  done
  printf '%s' "$path"
}

# Host builds go to `target`, WebAssembly builds to a folder below it: two compilers, or two calls
# with other flags, in one folder would keep undoing each other's work.
target=${HAPPENS_BEFORE_HOST_TARGET:-${CARGO_TARGET_DIR:-$repo/target}}
wasm_target=$target/wasm

# Steps out of the environment of tools/env, for programs that run on the host.
enter_host() {
  export PATH=${HAPPENS_BEFORE_HOST_PATH:-$PATH} CARGO_TARGET_DIR=$target
  unset SYSROOT HAPPENS_BEFORE_HOST_PATH HAPPENS_BEFORE_HOST_TARGET
}

# Steps into it.
enter_wasm() { eval "$("$repo/tools/env")"; }

# Can this compiler build WebAssembly? Asked by building some: a listed target may still lack its library.
builds_wasm() {
  local scratch ok=1
  scratch=$(mktemp -d)
  printf '#[unsafe(no_mangle)]\npub extern "C" fn probe(n: usize) -> usize { vec![0u8; n].len() }\n' >"$scratch/probe.rs"
  # In the project's folder, where rustup may have been told to use another compiler.
  (cd "$repo" && "$@" --edition 2024 --crate-type cdylib --target wasm32-unknown-unknown \
    -o "$scratch/probe.wasm" "$scratch/probe.rs") >/dev/null 2>&1 && [ -s "$scratch/probe.wasm" ] && ok=0
  rm -rf "$scratch"
  return "$ok"
}

# Does something answer at this port?
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port asked for, else the next that is free.
free_port() {
  local port=$1
  while taken "$port"; do port=$((port + 1)); done
  [ "$port" = "$1" ] || say "port $1 is taken; using $port" >&2
  printf '%s' "$port"
}
