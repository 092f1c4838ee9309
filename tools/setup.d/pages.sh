# What only `make bench-pages` needs: Lighthouse, and the two programs that the book's pages are
# compared with. Sourced by tools/setup.
# shellcheck shell=bash

need_lighthouse() {
  [ -d "$lighthouse_home/node_modules/lighthouse" ] && return
  step "Lighthouse $lighthouse_version: installing what measures pages (30 s)"
  npm_install "lighthouse@$lighthouse_version" "$lighthouse_home"
  [ -d "$lighthouse_home/node_modules/lighthouse" ] ||
    die "Lighthouse $lighthouse_version could not be installed; see $logs/lighthouse-$lighthouse_version.log, or try: npm install lighthouse@$lighthouse_version"
}

# The other two are wanted, not needed: the report says which of them could not be had.

want_vitepress() {
  [ -x "$vitepress_home/node_modules/.bin/vitepress" ] && return
  step "VitePress $vitepress_version: installing what the pages are compared with (30 s)"
  npm_install "vitepress@$vitepress_version" "$vitepress_home" || true
}

want_mdbook() {
  [ -x "$mdbook_home/bin/mdbook" ] && return
  step "mdBook $mdbook_version: building what the pages are compared with (3 min)"
  # Without its server and watcher, which are not used; what it writes does not depend on them.
  cargo_install mdbook "$mdbook_version" "$mdbook_home" --locked --debug --no-default-features --features search || true
}
