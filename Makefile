# Everything this project does, one word each. `make` alone prints the list.
PYTHON ?= python3
VENV := .venv/bin
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help run demo test quick bench drill coverage pictures lint format tools

help:  ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:  ## get everything Nearer needs, then serve it on http://127.0.0.1:8000
	@$(PYTHON) bootstrap.py sync --runtime
	@exec $(VENV)/nearer serve

demo:  ## two people who do not exist, twelve weeks of their life, both windows on http://127.0.0.1:8010/demo
	@$(PYTHON) bootstrap.py sync --runtime
	@exec $(VENV)/nearer demo

test:  ## the whole suite on SQLite, and what meets a database on PostgreSQL
	@$(PYTHON) bootstrap.py test $(TESTS)

quick: lint  ## the inner loop, under a minute: lint, types, import rules, and the tests without a browser
	$(VENV)/pytest -m "not browser and not slow" -n 2 --dist worksteal $(TESTS)

bench: tools  ## measure, print a table with the machine it was measured on
	@$(VENV)/python -m bench

drill: tools  ## power cuts, torn logs, full disks, crowds: what is left is counted, printed, and fails when it is less than promised
	@$(VENV)/python -m drills

coverage: tools  ## which behaviours of the mission, and which abuse-aware rules, which test shows
	@$(VENV)/python -m tests.coverage_of_mission

pictures: tools  ## the README's pictures, taken from the demo
	@$(VENV)/python -m tests.pictures

lint: tools  ## style, types, import rules, templates, spelling
	$(VENV)/ruff check --quiet
	$(VENV)/ruff format --check --quiet
	$(VENV)/lint-imports
	$(VENV)/mypy
	$(VENV)/djlint nearer --lint --quiet
	$(VENV)/codespell

format: tools  ## put the code into shape
	$(VENV)/ruff check --fix --quiet
	$(VENV)/ruff format --quiet

tools:
	@$(PYTHON) bootstrap.py sync
