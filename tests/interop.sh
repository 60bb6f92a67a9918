#!/bin/sh
# The sample as other programs read it, each in a throw-away environment: DuckDB 1.1.3 and 1.4 run
# every view and every query of the cookbook, frictionless proves a release's data package.
#   sh tests/interop.sh [PYTHON of an environment with Readout]     (default: .venv/bin/python)
set -eu
cd "$(dirname "$0")/.."
python=${1:-.venv/bin/python}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$python" -m flows.cli run --plain --quiet --sample --data "$place/data"
"$python" -m flows.cli export release --data "$place/data" --out "$place/release"
(cd "$place/release" && sha256sum --check --quiet SHA256SUMS && echo "SHA256SUMS checks")

install() { # NAME REQUIREMENT…: an environment with these packages, and its Python as $other
  name=$1
  shift
  "$python" -m venv "$place/$name"
  other=$place/$name/bin/python
  "$other" -m pip --disable-pip-version-check --quiet install --no-input "$@"
}

for version in 1.1.3 1.4.4; do
  install "duckdb-$version" "duckdb==$version"
  "$other" tests/interop_duckdb.py "$place/data/readout.duckdb" docs/cookbook.md
done
install frictionless "frictionless==5.21.0"
"$place/frictionless/bin/frictionless" validate "$place/release/datapackage.json"
