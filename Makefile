# Everything a developer runs. Needs make and Python 3.11 or newer, nothing else.
#
# Variables:  PYTHON=python3.13   the interpreter that .venv is made from
#             TEST_ARGS="-k caps" passed on to pytest        (also DEMO_ARGS, BENCH_ARGS)
#             JOBS=4              how many processes run tests

PYTHON ?= python3
VENV ?= .venv
BENCH_VENV ?= .venv-bench
JOBS ?= 2
DEMO_ARGS ?=
TEST_ARGS ?=
BENCH_ARGS ?=

PIP_INSTALL = -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:  # two pips must not write into one environment
.PHONY: help demo test soak lint format bench clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/cli.stamp ## show the library at work
	@$(VENV)/bin/serviceorg demo $(DEMO_ARGS)

test: $(VENV)/dev.stamp ## run all tests with coverage
	$(VENV)/bin/python -m pytest -n $(JOBS) --cov $(TEST_ARGS)

soak: $(VENV)/dev.stamp ## run all tests with many more random examples
	SERVICEORG_HYPOTHESIS=soak $(VENV)/bin/python -m pytest -n $(JOBS) -o timeout=3600 $(TEST_ARGS)

lint: $(VENV)/dev.stamp ## check style, format and types
	$(VENV)/bin/python -m ruff check .
	$(VENV)/bin/python -m ruff format --check .
	$(VENV)/bin/python -m mypy --strict

format: $(VENV)/dev.stamp ## repair style and format where a machine can
	$(VENV)/bin/python -m ruff check --fix .
	$(VENV)/bin/python -m ruff format .

bench: $(BENCH_VENV)/bench.stamp ## measure, and compare with other libraries
	@$(BENCH_VENV)/bin/python -m benchmarks $(BENCH_ARGS)

clean: ## remove everything the other targets made
	rm -rf $(VENV) $(BENCH_VENV) build dist htmlcov .coverage .coverage.* .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environments. A stamp is older than pyproject.toml when the dependencies may have changed.

$(VENV)/cli.stamp: pyproject.toml | $(VENV)/bin/python
	@echo "Installing serviceorg[cli] into $(VENV) ..."
	@$(VENV)/bin/python $(PIP_INSTALL) --editable '.[cli]'
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(VENV)/bin/python
	@echo "Installing serviceorg[cli,test,lint] into $(VENV) ..."
	@$(VENV)/bin/python $(PIP_INSTALL) --editable '.[cli,test,lint]'
	@touch $(VENV)/cli.stamp $@

$(BENCH_VENV)/bench.stamp: pyproject.toml | $(BENCH_VENV)/bin/python
	@echo "Installing serviceorg[bench] into $(BENCH_VENV) ..."
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) --editable '.[bench]'
	@touch $@

# A half-made environment is removed, or the next run would take it for a whole one.
$(VENV)/bin/python $(BENCH_VENV)/bin/python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "There is no '$(PYTHON)' here. Name a Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "serviceorg needs Python 3.11 or newer, and '$(PYTHON)' is $$("$(PYTHON)" --version 2>&1)." >&2; \
		echo "Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -m venv $(@D)/.. || { \
		rm -rf $(@D); \
		echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu it needs the package python3-venv." >&2; exit 1; }
