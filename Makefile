SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run setup test check lint fmt demands bench messages e2e pins clean

##@ Every day
run: ## All set-up, then the portal on http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec scripts/run.sh
test: ## All set-up, lint and checks, then every test on SQLite and on PostgreSQL with Redis
	@exec scripts/test.sh
bench: ## All set-up, then every measure with its limit, also written to bench/results-*.json
	@exec scripts/bench.sh
demands: dev ## Which demands of the sources a passing test shows
	@.venv/bin/pytest --demands --numprocesses auto --dist loadfile -q

##@ Parts of it
setup: ## Set-up alone: packages, .venv, .env, database, static files, data
	@scripts/setup.sh
check: dev ## Missing migrations, check --deploy under production settings, catalogues compile
	@scripts/check.sh
lint: dev ## ruff, djade, djhtml, typos
	@scripts/lint.sh
fmt: dev ## Mend what lint can mend
	@scripts/lint.sh --fix
e2e: dev ## Only the tests that drive a browser
	@.venv/bin/pytest -m e2e -q

##@ Now and then
messages: dev ## Collect strings for translation into locale/, then compile them
	@scripts/messages.sh
pins: ## Write requirements*.txt from pyproject.toml and what .venv holds
	@.venv/bin/python scripts/pins.py
clean: ## Take away caches and what tests left; data and .venv stay
	@rm -rf .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -not -path './.venv/*' -type d -prune -exec rm -rf {} +
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z0-9]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: dev
dev:
	@scripts/setup.sh --dev --no-data
