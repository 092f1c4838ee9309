# What only the tests need: Chromium with ChromeDriver, rustfmt, clippy. Sourced by tools/setup.
# shellcheck shell=bash

need_browser() {
  chromium_ready && return
  if have apt-get; then
    step "Chromium and ChromeDriver: installing the browser that the tests drive (1 min)"
    apt_install chromium chromium-driver || true
  fi
  chromium_ready || die "Chromium and ChromeDriver could not be installed; try: apt-get install chromium chromium-driver"
}

chromium_ready() { chromium_name >/dev/null && chromedriver --version >/dev/null 2>&1; }

need_axe() {
  [ -f "$axe_home/$axe_file" ] && return
  have npm || die "npm is needed to install axe and was not found; install Node.js (https://nodejs.org)"
  step "axe $axe_version: installing what checks accessibility (10 s)"
  npm_install "axe-core@$axe_version" "$axe_home"
  [ -f "$axe_home/$axe_file" ] ||
    die "axe $axe_version could not be installed; see $logs/axe-$axe_version.log, or try: npm install axe-core@$axe_version"
}

need_rust_checks() {
  local tool
  for tool in fmt clippy; do
    cargo "$tool" --version >/dev/null 2>&1 && continue
    if have rustup; then
      step "cargo $tool: asking rustup for it (10 s)"
      logged "cargo-$tool" limited 120 rustup component add "${tool/fmt/rustfmt}" || true
    fi
    cargo "$tool" --version >/dev/null 2>&1 ||
      die "cargo $tool could not be installed; try: rustup component add ${tool/fmt/rustfmt}"
  done
}
