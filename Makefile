# Happens Before: what one can do here. `make help` lists it.

PORT ?= 8080

# What the site is made of; folders too, so that a removed file counts as a change.
sources := $(shell find src content style index.html Trunk.toml Cargo.toml Cargo.lock tools/prerender 2>/dev/null)
# Set when dist/ has been built; without dist/ it means nothing.
built := target/site-built
ifeq ($(wildcard dist/index.html),)
.PHONY: $(built)
endif

# Another address of the site gives other pages.
export SITE_ADDRESS ?=
address := target/site-address
$(shell mkdir -p target; echo '$(SITE_ADDRESS)' | cmp -s - $(address) || echo '$(SITE_ADDRESS)' > $(address))

.PHONY: help setup serve dev dist test fmt lint doc unit check browser fuzz bench bench-pages screenshot clean

help: ## this list
	@echo "make serve reads the book, make test checks everything. All targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## install what building needs and this machine lacks
	@tools/setup build

serve: dist ## build the site if it changed, serve it and print the address (PORT=8080)
	@tools/site serve $(PORT)

dev: setup ## build and serve, again after each save (PORT=8080)
	@tools/site dev $(PORT)

dist: $(built) ## the finished static site, in dist/

$(built): $(sources) $(address) | setup
	@tools/site build

test: ## everything that has to hold: format, lints, docs, tests, the site, a real browser
	@tools/test

fmt: ## format the code
	@cargo fmt

lint: ## format check and clippy, host and WebAssembly
	@tools/test format clippy pure wasm

doc: ## the code's documentation, in target/doc
	@tools/test docs

unit: ## the native tests
	@tools/test native

check: setup ## what is wrong with content/, and what each chapter has; takes a second
	@cargo run --quiet --locked --features ssr --example check_book

browser: ## the tests in a real browser
	@tools/test site browser

MINUTES ?= 10

fuzz: ## damaged links, logs and histories for a while (MINUTES=10)
	@FUZZ_SECONDS=$$(( $(MINUTES) * 60 / 4 )) cargo test --locked --test fuzz -- --nocapture

bench: dist ## how fast it is, native and WebAssembly side by side, as JSON
	@tools/setup test
	@tools/bench

RUNS ?= 5

bench-pages: dist ## how fast the pages are on a slow phone, beside mdBook and VitePress (RUNS=5)
	@tools/setup pages
	@RUNS=$(RUNS) tools/bench-pages

PAGE ?= chapter/time-and-clocks/\#run=clock-skew;scenario=lost-update
SIZE ?= 1280,1100

screenshot: dist ## the picture in the README (FILE=docs/screenshot.png PAGE=about/ SIZE=1280,800)
	@tools/setup test
	@PAGE="$(PAGE)" SIZE="$(SIZE)" tools/site screenshot $(FILE)

clean: ## remove what was built; the installed tools stay
	rm -rf target dist
