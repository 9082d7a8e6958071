# `make serve` runs Jawab, `make test` proves it. Everything else is for those who work on it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
STAMP := $(VENV)/.installed

.PHONY: serve test quick check setup eval bench peers screenshots lock translations clean help

help:  ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

serve: $(STAMP)  ## Run the help centre, the portal and the worker on ./site (made with demo content)
	@test -f $(SITE)/jawab.toml || $(BIN)/jawab init $(SITE) --demo
	@exec $(BIN)/jawab serve --site $(SITE)

test: $(STAMP)  ## Run every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

quick: $(STAMP)  ## Run the tests that take no browser and no patience
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow and not browser"

check: $(STAMP)  ## Lint, types, import layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

setup: $(STAMP)  ## Make the virtual environment

eval: $(STAMP)  ## Measure answers on the public data sets in $$JAWAB_EVAL_DIR
	@$(BIN)/python -m bench.eval_tables; tables=$$?; $(BIN)/python -m bench.calibration && $(BIN)/python -m bench.promise && $(BIN)/python -m bench.learning && exit $$tables

bench: $(STAMP)  ## Measure speed, as ratios (OPTIONS=--quick, OPTIONS=--write for docs/speed.*)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench $(OPTIONS)  # as `jawab serve` runs its processes

peers:  ## As `make bench`, beside txtai and Haystack, in an environment of their own
	@$(MAKE) --no-print-directory setup VENV=.venv-bench
	@.venv-bench/bin/python -m pip install -q -c bench/constraints.txt -e '.[bench]'
	@$(MAKE) --no-print-directory bench VENV=.venv-bench

screenshots: $(STAMP)  ## Take a picture of every page, in both languages, at 360 and 1280 px
	@$(BIN)/python -m bench.screenshots

lock:  ## Pin what is installed anew (needs uv)
	uv pip compile --universal --python-version 3.11 --extra dev --extra postgres --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml -o requirements.lock

translations: $(STAMP)  ## Collect new texts for the translators
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F web/babel.cfg -k InvalidArticle:3 -k fail:2 -k InvalidProfile:2 -k InvalidWording:2 -k InvalidSlang:2 -o build/messages.pot --no-location --sort-output .
	@$(BIN)/pybabel -q update -i build/messages.pot -d web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Jawab needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Jawab into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@touch $@

clean:  ## Remove what was installed and measured, never ./site
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
