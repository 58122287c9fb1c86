#!/bin/sh
# Print the first Python that is 3.11 or newer: $PYTHON if given, else the usual names.
set -eu
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$python"
        exit 0
    fi
done
echo "需要 Python 3.11 或更高版本（含 venv 模块）。Python 3.11 or newer with venv is needed: make PYTHON=/path/to/python" >&2
exit 2
