#!/bin/sh
# Resolve pyproject.toml into the two hashed requirement files, for every supported Python and platform at once.
# The resolver lives in a throwaway environment; the files name no index and no path.
set -eu
cd "$(dirname "$0")/.."
python=$(sh scripts/find-python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-input --disable-pip-version-check "uv>=0.5"
resolve() {
    "$work/venv/bin/uv" pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --no-strip-extras "$@"
}
resolve --group build --output-file requirements.txt
resolve --group dev --extra cluster --extra notebook --extra parquet --constraint requirements.txt --output-file requirements-dev.txt
echo "requirements.txt requirements-dev.txt"
