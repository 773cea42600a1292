# Everything isobook's developers do. On a fresh Debian machine `make test` needs only Python 3.11, pip and,
# for LibreOffice and node, root.

UV_VERSION := 0.13.9
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/bin/uv)
RUN := $(UV) run --no-sync

# Where the machine forbids Python to keep what it compiled, each of the tests' many processes compiles all libraries anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup programs demo test check same docs pictures format bench clean
.DEFAULT_GOAL := help

help:  ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(filter .tools/%,$(UV))  ## Install uv, if it is missing, and the locked packages into .venv.
	$(UV) sync --locked

# Into a folder of its own: Debian's pip refuses to touch the system's packages, and python3-venv may be absent.
.tools/bin/uv:
	python3 -m pip install --quiet --target .tools uv==$(UV_VERSION)

programs:  ## Install LibreOffice, node and the Open XML validator where they are missing.
	tools/install_programs.sh

demo: setup  ## Build the example workbook, build/four-years.xlsx.
	$(RUN) isobook build examples/four-years -o build/four-years.xlsx

test: setup programs  ## Run every test.
	$(RUN) pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: setup  ## Check format, lint and types, then run every test: what CI does.
	$(RUN) ruff format --check
	$(RUN) ruff check
	$(RUN) mypy
	$(MAKE) test

same: setup  ## Compare all output with that of the last recorded state.
	$(RUN) python -m tests.same_output compare

docs: $(filter .tools/%,$(UV))  ## Build the site of the documentation, with the law book: build/site/index.html.
	$(UV) sync --locked --group docs
	$(RUN) python -m law_book build/pages
	$(RUN) zensical build --clean --strict

pictures: setup programs  ## Take the pictures of README and docs anew, and make the sample workbook.
	$(RUN) python -m tests.pictures
	$(RUN) python -m tests.pages_today

format: setup  ## Format, and mend what ruff can mend.
	$(RUN) ruff format
	$(RUN) ruff check --fix

bench: setup  ## Measure speed beside peers; write benchmarks/RESULTS.md. Peers that cannot be installed are left out.
	$(UV) venv --quiet --allow-existing build/peers
	-$(UV) pip install --quiet --python build/peers openpyxl lxml XlsxWriter tenforty taxcalc
	$(RUN) python -m benchmarks

clean:  ## Remove what was built.
	rm -rf build dist .venv .tools node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache
