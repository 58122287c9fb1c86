# One set of commands, by hand and in CI. Needs only make and Python 3.11 or newer (PYTHON=… picks another).
# Every set-up happens once and from the hashed lock: nothing that is not locked is fetched.

.POSIX:
.SUFFIXES:
.PHONY: help demo test test-all check bench lock pictures clean
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check
MADE := $(VENV)/.made
RUN := $(VENV)/.ready-run
DEV := $(VENV)/.ready-dev
SCENARIOS := blast-furnace-gas ammonia-cold-store

help:
	@echo "make demo      play both scenarios and print where the reports are"
	@echo "make test      tests, without the slow ones"
	@echo "make test-all  every test, with coverage"
	@echo "make check     format, lint, types, floors"
	@echo "make bench     speed, as JSON"
	@echo "make pictures  the pictures of the README"
	@echo "make lock      resolve the dependencies anew into the hashed lock"
	@echo "make clean     remove the virtual environment and every cache"

demo: $(RUN)
	@for id in $(SCENARIOS); do $(BIN)/tuiyan run $$id -o reports/$$id --overwrite || exit $$?; done
	@echo
	@echo "报告在 · the reports are at:"
	@for id in $(SCENARIOS); do echo "  reports/$$id/report.html"; done

test: $(DEV)
	$(BIN)/python -m pytest --verbosity=0 --numprocesses=auto -m "not slow"

test-all: $(DEV)
	$(BIN)/python -m pytest --verbosity=0 --cov=sim --cov-report=term:skip-covered

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV)
	@$(BIN)/python benchmarks/bench.py

pictures: $(DEV)
	$(BIN)/python scripts/pictures.py

lock:
	@PYTHON="$(PYTHON)" sh scripts/lock.sh

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache build dist

$(MADE):
	@python=$$(PYTHON="$(PYTHON)" sh scripts/find-python.sh) && \
	echo "setting up $(VENV) with $$python" && "$$python" -m venv --clear $(VENV)
	@touch $@

$(RUN): $(MADE) requirements.txt pyproject.toml
	@echo "installing the locked requirements (once)"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@echo "installing the locked tools for tests and checks (once)"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
