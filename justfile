# The commands that people type. `just` lists them.

_default:
  @just --list --unsorted

# Tell the story of the connector against an embedded tenant
demo *ARGS:
  cargo run --release -- demo {{ARGS}}

# Serve an embedded tenant, and write a configuration for it
sandbox *ARGS="--listen 127.0.0.1:8080 --write-config target/sandbox.toml":
  cargo run --release -- sandbox {{ARGS}}

# Install what the checks use besides Rust
setup:
  tests/setup

# Run every check, as continuous integration does
test:
  tests/run

# Look for what the compiler and clippy warn of
lint:
  cargo clippy --workspace --all-targets -- -D warnings

# Format the code
fmt:
  cargo fmt --all

# Build the documentation of the crates and open it
docs:
  cargo doc --workspace --no-deps --open

# Measure how fast a tenant of so many people answers
bench PEOPLE="100000":
  cargo run --release -p sandbox --example measure -- {{PEOPLE}}

# Write the snapshots anew: the manifest, the header, the corpus, and what the program prints
snapshots:
  UPDATE_SNAPSHOTS=1 INSTA_UPDATE=always cargo test -p tests -p connector-host -p connector-ffi

# Make what people install, into target/package
package *FOLDER:
  deploy/package {{FOLDER}}

# Count how much of the products we learned from is there
coverage:
  @awk -F'\t' 'NR > 1 { split($1, id, "-"); n[id[1] " " $2]++ } END { for (k in n) print k, n[k] }' docs/seed-coverage.tsv | sort

# Check licenses, sources and advisories of all dependencies
deny:
  cargo deny check
