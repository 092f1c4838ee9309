# Rust, and a Rust compiler that builds WebAssembly. Sourced by tools/setup.
# shellcheck shell=bash

rustup_hint='curl --proto "=https" --tlsv1.2 -sSf https://sh.rustup.rs | sh'

need_rust() {
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$repo/Cargo.toml")
  if ! have cargo || ! have rustc; then
    die "Rust $wanted or newer is needed and not installed; install it with: $rustup_hint (see https://rustup.rs)"
  fi
  found=$(version_of rustc)
  [ -n "$found" ] || die "rustc is installed but does not run; repair it with: rustup default stable"
  at_least "$wanted" "$found" ||
    die "Rust $wanted or newer is needed and $found is installed; update it with: rustup update stable (see https://rustup.rs)"
}

# The compiler itself, else rustup's download, else Debian's packages.
need_wasm_target() {
  builds_wasm rustc && return
  wasm_rust_ready && return
  add_target_by_rustup && return
  if have apt-get; then
    install_wasm_rust
    return
  fi
  die "the Rust library for WebAssembly could not be installed; try: rustup target add wasm32-unknown-unknown"
}

add_target_by_rustup() {
  have rustup || return 1
  step "wasm32 target: asking rustup for the Rust library for WebAssembly (20 s)"
  limited 120 rustup target add wasm32-unknown-unknown </dev/null >"$logs/rustup.log" 2>&1 && builds_wasm rustc && return
  return 1
}

# --- Debian's compiler with a library of our own -------------------------------------------------
# Debian's `rustc-web` knows the target but brings no library for it, only its sources. The library
# is built once, into a sysroot in the cache folder: nothing under /usr is changed.

wasm_rust_ready() {
  [ -f "$wasm_rust_home/id" ] && [ "$(cat "$wasm_rust_home/version")" = "$(/usr/bin/rustc -V 2>/dev/null)" ] &&
    builds_wasm "$wasm_rust_home/bin/rustc"
}

install_wasm_rust() {
  local packages=(rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy lld-22)
  if ! packages_present "${packages[@]}"; then
    step "wasm32 target: no help from rustup; installing Debian's Rust compiler for WebAssembly (packages ${packages[*]}, 1 min)"
    apt_install "${packages[@]}" ||
      die "Debian's Rust compiler for WebAssembly could not be installed; try: rustup target add wasm32-unknown-unknown, or: apt-get install ${packages[*]}"
  fi
  step "wasm32 target: building the standard library for WebAssembly once (1 min)"
  build_wasm_rust || die "the Rust library for WebAssembly could not be built; try: rustup target add wasm32-unknown-unknown"
}

build_wasm_rust() {
  local stage=$cache/.stage-wasm-rust host target=wasm32-unknown-unknown
  rm -rf "$stage"
  mkdir -p "$stage/crate/src" "$stage/home/bin" "$stage/home/lib/rustlib/$target/lib"
  cat >"$stage/crate/Cargo.toml" <<'TOML'
[package]
name = "throwaway"
version = "0.0.0"
edition = "2024"
[profile.release]
panic = "abort"
[workspace]
TOML
  : >"$stage/crate/src/lib.rs"
  # Without embedded bitcode a later build with `lto = true` fails.
  logged wasm-std env -C "$stage/crate" -u CARGO_TARGET_DIR -u RUSTUP_TOOLCHAIN \
    PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    /usr/bin/cargo build --release --target "$target" -Zbuild-std=std,panic_abort || return 1
  find "$stage/crate/target/$target/release/deps" \( -name '*.rlib' -o -name '*.rmeta' \) ! -name 'libthrowaway*' \
    -exec cp {} "$stage/home/lib/rustlib/$target/lib/" \;
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  ln -s "/usr/lib/rustlib/$host" "/usr/lib/rustlib/src" "/usr/lib/rustlib/etc" "$stage/home/lib/rustlib/"
  ln -s /usr/bin/cargo /usr/bin/rustdoc /usr/bin/cargo-clippy /usr/bin/clippy-driver "$stage/home/bin/"
  printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "%s" "$@"\n' "$wasm_rust_home" >"$stage/home/bin/rustc"
  chmod +x "$stage/home/bin/rustc"
  /usr/bin/rustc -V >"$stage/home/version"
  date +%s%N >"$stage/home/id"
  rm -rf "$wasm_rust_home"
  mv "$stage/home" "$wasm_rust_home"
  rm -rf "$stage"
  wasm_rust_ready
}

# cargo does not notice that a library of the compiler was replaced: start its WebAssembly builds afresh.
forget_old_wasm_builds() {
  local now=rustup folder=$wasm_target
  builds_wasm rustc || now=$(cat "$wasm_rust_home/id")
  [ -f "$folder/.compiler" ] && [ "$(cat "$folder/.compiler")" = "$now" ] && return
  rm -rf "$folder"
  mkdir -p "$folder"
  printf '%s' "$now" >"$folder/.compiler"
}
