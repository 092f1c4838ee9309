# wasm-bindgen, Trunk and wasm-opt. Sourced by tools/setup.
# shellcheck shell=bash

# is_ready TOOL VERSION: does the one that would be called run, and is it this version?
is_ready() { [ "$(PATH=$(tools_path) version_of "$1")" = "$2" ]; }

need_wasm_bindgen() {
  is_ready wasm-bindgen "$wasm_bindgen_version" && return
  step "wasm-bindgen $wasm_bindgen_version: installing what joins WebAssembly and JavaScript (2 min)"
  # Not `--locked`: its lock file names a crate that was withdrawn.
  cargo_install wasm-bindgen-cli "$wasm_bindgen_version" "$wasm_bindgen_home"
  is_ready wasm-bindgen "$wasm_bindgen_version" ||
    die "wasm-bindgen $wasm_bindgen_version could not be installed; try: cargo install wasm-bindgen-cli --version $wasm_bindgen_version"
}

need_trunk() {
  is_ready trunk "$trunk_version" && return
  step "Trunk $trunk_version: installing what builds the site (4 min)"
  cargo_install trunk "$trunk_version" "$trunk_home" --locked --debug --no-default-features --features rustls
  is_ready trunk "$trunk_version" ||
    die "Trunk $trunk_version could not be installed; try: cargo install trunk --version $trunk_version --locked"
}

need_wasm_opt() {
  is_ready wasm-opt "$binaryen_version" && return
  have npm || die "npm is needed to install wasm-opt and was not found; install Node.js (https://nodejs.org), for instance with: apt-get install nodejs npm"
  step "wasm-opt $binaryen_version: installing what makes WebAssembly small (20 s)"
  npm_install "binaryen@$binaryen_version" "$binaryen_home"
  is_ready wasm-opt "$binaryen_version" ||
    die "wasm-opt $binaryen_version could not be installed; try: npm install --global binaryen@$binaryen_version"
}

# cargo_install CRATE VERSION HOME OPTION…
# Built aside and moved into place at the end, so that an interrupted run leaves nothing half done;
# what it had compiled stays for the next run.
cargo_install() {
  local crate=$1 version=$2 home=$3 name
  name=$(basename "$home")
  shift 3
  rm -rf "$cache/.stage-$name"
  if (cd "$cache" && CARGO_TARGET_DIR="$cache/.build-$name" CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
    logged "$name" cargo install "$crate" --version "=$version" --root "$cache/.stage-$name" --no-track "$@"); then
    move_into_place "$cache/.stage-$name" "$home"
    rm -rf "$cache/.build-$name"
  fi
}

npm_install() {
  local package=$1 home=$2 name
  name=$(basename "$home")
  rm -rf "$cache/.stage-$name"
  mkdir -p "$cache/.stage-$name"
  if logged "$name" npm install --prefix "$cache/.stage-$name" --no-audit --no-fund --no-package-lock "$package"; then
    move_into_place "$cache/.stage-$name" "$home"
  fi
}

move_into_place() {
  rm -rf "$2"
  mv "$1" "$2"
}
