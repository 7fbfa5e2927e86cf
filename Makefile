# Everything a person types here. What the machine lacks for it, deploy/machine.sh installs or names.
PYTHON ?= python3
PY := .venv/bin/python

# A stamp carries the lock's checksum: what is installed is redone only when the lock changes.
checksum = $(shell sha256sum requirements/$(1).txt | cut -c1-16)
RUN_READY := .venv/.embedded-$(call checksum,embedded)
DEV_READY := .venv/.dev-$(call checksum,dev)
# What a county in containers is told stands in deploy/county.env (LIANBAN_SETTINGS names another).
COMPOSE = $(PYTHON) -m deploy.up.compose
FONTS_FOLDER := .venv/share/lianban/fonts
JOURNEYS := tests/journeys
JS_READY := $(JOURNEYS)/node_modules/.package-lock.json
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help bundle ready machine fonts run setup check test test-quick test-containers up check-up down figures upgrade register invite account people-keys audit-verify adopt backup restore retell rebuild revoke tokens issue-token reissue-token revoke-token calendar bench floods events screenshots lock clean

help: ## say what can be typed
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## start the county: servers, services, gateway and the year 2018 (YEAR=0 leaves the year out)
	@exec $(PY) -m deploy.embedded $(if $(filter 0,$(YEAR)),--no-year)

ready: $(RUN_READY) ## make .venv with what running needs, and start nothing

setup: $(DEV_READY) ## make .venv with what development needs

check: $(DEV_READY) ## ruff, mypy --strict and import-linter
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

test: $(DEV_READY) $(JS_READY) ## every test, on the real bus and database
	$(PY) -m pytest

test-quick: $(DEV_READY) ## the tests that start no server and no process
	$(PY) -m pytest --quick -n0

test-containers: $(DEV_READY) ## build the images and try a county in containers on this machine's Docker engine
	TESTCONTAINERS_RYUK_DISABLED=true $(PY) -m pytest -m containers -n0 -s tests/containers

# What an image was built from is part of its name, so that the one before is still there to go back to.
REVISION := $(shell git describe --always --dirty --exclude '*' 2>/dev/null || cat REVISION 2>/dev/null || echo unknown)

up: ## start a county in containers: make up COUNTY=123456; settings are kept in deploy/county.env, secrets in deploy/secrets
	@REVISION=$(REVISION) $(PYTHON) -m deploy.up

check-up: ## what would keep a county in containers from starting: settings, engine, ports, images, certificates, disk, clock
	@REVISION=$(REVISION) $(PYTHON) -m deploy.up check

down: ## stop the county in containers; everything is kept
	$(COMPOSE) down --timeout 20

figures: $(RUN_READY) ## compare the running county with the figures of 2018
	@$(SPEAK) figures --linxi-2018

upgrade: $(RUN_READY) ## bring the county to the release that lies here: what to do, a backup, the start, a look
	@$(SPEAK) upgrade

# One command for operators, wherever the county runs; IN=embedded or IN=containers where two run here.
LIANBAN = .venv/bin/lianban
SPEAK = $(LIANBAN) $(if $(IN),--in $(IN))

register: $(RUN_READY) ## found the county and enter its organisations: make register FILE=organisations.csv (CHECK=1 only looks)
	@$(SPEAK) found $(if $(CHECK),--check) "$(or $(FILE),-)"

invite: $(RUN_READY) ## let a station enrol with a one-time code: make invite STATION=150424100202
	@$(SPEAK) invite $(STATION)

account: $(RUN_READY) ## a one-time code with which an administrator signs in: make account PERSON=姓名
	@$(SPEAK) account "$(PERSON)"

revoke: $(RUN_READY) ## make a station's key void at once: make revoke STATION=150424100202
	@$(SPEAK) revoke $(STATION)

tokens: $(RUN_READY) ## the tokens of programs: make tokens OF=150424100202
	@$(SPEAK) token list $(OF)

issue-token: $(RUN_READY) ## a token for a program, shown once: make issue-token OF=150424-D02 HOLDER=大厅对接程序 (DAYS=400)
	@$(SPEAK) token issue $(OF) --holder "$(HOLDER)" $(if $(DAYS),--days $(DAYS))

reissue-token: $(RUN_READY) ## another token in the place of one: make reissue-token OF=150424-D02 SERIAL=9f3c2a71
	@$(SPEAK) token reissue $(OF) $(SERIAL)

revoke-token: $(RUN_READY) ## make one token void at once: make revoke-token OF=150424-D02 SERIAL=9f3c2a71
	@$(SPEAK) token revoke $(OF) $(SERIAL)

people-keys: $(RUN_READY) ## under which keys persons' particulars lie (NEXT=1 makes the next key first)
	@$(SPEAK) people-keys $(if $(NEXT),--next)

audit-verify: $(RUN_READY) ## whether the audit's chain holds, of this county or of an exported FILE=audit-....jsonl
	@$(PY) -m deploy.commands.audit $(FILE)

adopt: $(RUN_READY) ## where bus and database do not stem from one moment; NOW=1 goes on with the bus as it is
	@$(SPEAK) adopt $(if $(NOW),--now)

backup: $(RUN_READY) ## save the running county into one encrypted file: make backup TO=/mnt/backups (KEEP=14 keeps the newest so many)
	@$(SPEAK) backup $(if $(TO),--to "$(TO)") $(if $(KEEP),--keep $(KEEP))

restore: $(RUN_READY) ## bring a county back into an empty place: make restore FILE=lianban-....age KEY=backup.key (IN=containers)
	$(if $(filter containers,$(IN)),@REVISION=$(REVISION) $(COMPOSE) build -q secrets)
	@REVISION=$(REVISION) $(SPEAK) restore "$(FILE)" $(if $(KEY),--key "$(KEY)")

retell: $(RUN_READY) ## every service tells its facts once more, after some were lost; nothing counts twice
	@$(SPEAK) retell

rebuild: $(RUN_READY) ## make the figures of every month anew from the ledger while the county runs
	@$(SPEAK) rebuild

calendar: $(RUN_READY) ## make a year's days off known to every service: make calendar FILE=2027.json (CHECK=1 only looks)
	@$(PY) -m deploy.setup.calendar $(if $(CHECK),--check) $(FILE)

bench: $(DEV_READY) ## measure
	$(PY) -m tests.bench

floods: $(DEV_READY) ## measure what everybody else notices while one station floods: make floods (KIND="open batches")
	$(PY) -m tests.abuse.floods $(if $(KIND),"$(KIND)")

events: $(DEV_READY) ## rewrite JSON Schemas and AsyncAPI from the registry of events
	$(PY) -m deploy.contract

screenshots: $(DEV_READY) ## picture the pages of the running county
	$(PY) -m tests.browser.screenshots

bundle: $(RUN_READY) ## everything for a network without internet, in one folder: make bundle TO=lianban-bundle (IMAGES=0 without images)
	@$(PY) -m deploy.bundle "$(or $(TO),lianban-bundle)" $(if $(filter 0,$(IMAGES)),--no-images)

lock: $(DEV_READY) ## remake the five locks (UPGRADE=--upgrade takes newer versions)
	$(LOCK) $(UPGRADE) requirements/service.in -o requirements/service.txt
	$(LOCK) $(UPGRADE) requirements/station.in -o requirements/station.txt
	$(LOCK) $(UPGRADE) requirements/embedded.in -o requirements/embedded.txt
	$(LOCK) $(UPGRADE) requirements/building.in -o requirements/building.txt
	$(LOCK) $(UPGRADE) requirements/dev.in -o requirements/dev.txt

$(JS_READY): $(JOURNEYS)/package-lock.json | machine
	@if command -v npm >/dev/null; then \
		echo "Installing $< into $(JOURNEYS)/node_modules"; \
		npm ci --prefix $(JOURNEYS) --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@; \
	fi

clean: ## remove .venv and caches; the county's data in .data stays
	rm -rf .venv $(JOURNEYS)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.data/*' -prune -exec rm -rf {} +

machine:
	@PYTHON=$(PYTHON) sh deploy/machine.sh $(if $(filter test,$(MAKECMDGOALS)),test,run)

# Without them a developer goes on, all but the printed documents; not so CI.
fonts: | $(PY)
	@sh deploy/fonts.sh $(FONTS_FOLDER) || [ "$$CI" != true ]

$(PY): | machine
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: type  make PYTHON=python3.12 $(MAKECMDGOALS)  with one that is"; exit 1; }
	@$(PYTHON) -m venv --clear .venv

.venv/.embedded-% .venv/.dev-%: | $(PY) fonts
	@lock=$(patsubst .%,%,$(firstword $(subst -, ,$(@F)))); \
	echo "Installing requirements/$$lock.txt into .venv (once for each lock)"; \
	$(PY) -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r requirements/$$lock.txt \
		&& ln -sf ../../deploy/lianban.sh .venv/bin/lianban && rm -f .venv/.$$lock-* && touch $@
