# `make build` on a fresh machine needs Python 3.11 or later (with its venv module) and make.

PYTHON ?= python3
PROTOCOL ?= protocol/care_ssc.proto.txt
EXAMPLES := $(wildcard protocol/examples/*.proto.txt)
DIST ?= dist

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed.stamp
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help build test bless lint format types contracts check-generated bench fuzz wheel clean

help: ## List what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' Makefile

# pip is what is looked for: where the system lacks ensurepip, venv fails and leaves a folder without it.
$(INSTALLED): pyproject.toml
	@test -x $(BIN)/pip || { echo "Creating $(VENV)" && $(PYTHON) -m venv $(VENV); }
	@echo "Installing trialc and its development tools into $(VENV)"
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

build: $(INSTALLED) ## Install into .venv and compile the trials into generated/
	@$(BIN)/protoc build $(PROTOCOL) $(EXAMPLES)

test: $(INSTALLED) ## Run the tests (four minutes at most)
	@$(BIN)/pytest -n 2

bless: $(INSTALLED) ## Accept what is made today as the expected outputs of tests and docs
	@$(BIN)/pytest --bless tests/diagnostics tests/cases
	@$(BIN)/pytest --bless tests/docs

lint: $(INSTALLED) ## Check format and style
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: $(INSTALLED) ## Format the Python code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: $(INSTALLED) ## Check types, strictly
	@$(BIN)/basedpyright

contracts: $(INSTALLED) ## Check who imports whom
	@$(BIN)/lint-imports --no-logo

check-generated: $(INSTALLED) ## Fail if generated/ is not what the compiler writes today
	@$(BIN)/protoc build --check $(PROTOCOL) $(EXAMPLES)

bench: $(INSTALLED) ## Run the benchmarks
	@$(BIN)/python bench/run.py

fuzz: $(INSTALLED) ## Run the tests marked `long`
	@$(BIN)/pytest -n 2 -m long

wheel: $(INSTALLED) ## Build the wheel into dist/
	@$(BIN)/python -m hatchling build --target wheel --directory $(DIST)

clean: ## Remove what make created, except generated/
	@rm -rf $(VENV) dist build .hypothesis .import_linter_cache .pytest_cache .ruff_cache
