PYTHON ?= python3
BIN := .venv/bin
# One more than there are cores, for some tests mostly wait for processes that they killed; more than four only share the disk.
WORKERS := $(shell $(PYTHON) -c "import os; print(min(4, 1 + (os.cpu_count() or 1)))")
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help install demo test test-postgres check bench crash notices preview lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: .venv/.installed ## install everything into .venv

demo: install ## the bot and a local Telegram, in the browser, without token or network
	$(BIN)/duban demo

test: install ## the whole test suite
	$(PYTEST)

test-postgres: install ## everything that keeps anything, on a PostgreSQL that the tests start
	DUBAN_TESTS_ON=postgresql $(PYTEST)

check: install ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

notices: install ## how well the reader reads the notices in ../shared/notices
	$(BIN)/python -m tests.notice.score

bench: install ## measure, side by side with the alternatives
	$(BIN)/python -m tests.bench

crash: install ## kill it 500 times on each database, and every trouble of network, disk and clock
	$(BIN)/python -m tests.crash

preview: install ## every screen of the bot as one page
	$(BIN)/python -m tests.preview

lock: install ## renew the lock file (names no index)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements.lock

clean: ## remove what was installed and built
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache
