# make serve: set up, build news.db, serve it at http://127.0.0.1:$(PORT)
# make test:  set up, run every check and every test
# What needs setting up is set up by itself, in .venv and nowhere else.

PORT ?= 8001
DATABASE ?= news.db
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

SEEDS := $(wildcard seeds/*)
BUILD := $(wildcard build/*)
SETTINGS = $(shell $(BIN)/python -c "import json; \
	print(*(f'--setting {name} {value}' for name, value in json.load(open('settings.json')).items()))")

.PHONY: help serve test lint site bench clean
help:
	@sed -n '1,3s/^# //p' Makefile

.venv: requirements.txt
	@.ci/check-python $(PYTHON)
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt \
		|| { rm -rf .venv; exit 1; }
	@touch .venv

news.db: .venv $(SEEDS) $(BUILD) seeds build
	$(BIN)/python -m build

serve: $(DATABASE) .venv
	$(BIN)/datasette serve --immutable $(DATABASE) --metadata metadata.yml $(SETTINGS) \
		--plugins-dir plugins --template-dir plugins/templates --static assets:plugins/static \
		--port $(PORT)

test: lint
	tests/browser/chromium
	$(BIN)/pytest

lint: .venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv
	$(BIN)/python benchmarks/score_extractor.py

site: .venv
	@echo "make $@: not yet"

clean:
	rm -rf .venv news.db dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find build plugins tests -name __pycache__ -prune -exec rm -rf {} +
