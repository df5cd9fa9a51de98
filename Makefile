# Everything a newcomer or a workshop needs; each target brings what it lacks into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench soak catalogs pins clean

demo: .venv/ready
	$(BIN)/paenz demo

test: .venv/workshop
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/workshop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.catalogs check

bench: .venv/workshop
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.crises
	$(BIN)/python -m tests.bench.reminders

soak: .venv/workshop
	$(BIN)/python -m pytest -m soak --timeout=0

catalogs: .venv/workshop
	$(BIN)/python -m locales.catalogs update

pins: .venv/workshop
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate requirements.in requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --no-header --no-annotate -c requirements-dev.txt requirements.in -o requirements.txt

.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pänz needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/ready: .venv/made requirements.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/workshop: .venv/ready requirements-dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

clean:
	rm -rf .venv var tests/artefacts
