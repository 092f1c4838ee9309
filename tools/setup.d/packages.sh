# Debian packages. Sourced by tools/setup.
# shellcheck shell=bash

packages_present() { dpkg --status "$@" >/dev/null 2>&1; }

# Root, or sudo; without a terminal sudo must not ask.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo && { : </dev/tty; } 2>/dev/null; then
    sudo "$@"
  elif have sudo; then
    sudo -n "$@"
  else
    echo "neither root nor sudo" >&2
    return 1
  fi
}

apt_install() {
  # The package lists may be old or, in a container, absent.
  logged apt-update as_root apt-get update -q || true
  logged apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}
