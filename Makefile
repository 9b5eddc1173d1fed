# The SDK warns of a future end of support on each start.
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = true

ENV ?= dev
FROM ?= staging
BASE ?= main
# The proof and the review take staging, unless somebody says otherwise.
STAGING = $(if $(filter command line environment,$(origin ENV)),$(ENV),staging)
EMULATOR ?= ministack
ops = node_modules/.bin/tsx ops/cli.ts
apps = apps/backend/node_modules/.installed apps/frontend/node_modules/.installed
# Of everything that is type-checked and tested.
packages = node_modules/.installed $(apps) $(patsubst %,%/node_modules/.installed,localstack/control-plane localstack/load-balancers checks/e2e/lighthouse)

.PHONY: help up down dev doctor test lint format synth cost bootstrap deploy recover record promote review prove check

help: ## this list
	@awk -F ':.*## ' '/^##/ { printf "\n%s\n", substr($$0, 4) } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo; echo "Settings: ENV=$(ENV) (dev, staging, prod). Pipelines, and whoever wants more, call ops/run --help."

## Run it

up: node_modules/.installed ## install what is missing, deploy ENV to the emulated AWS, serve it on http://localhost:8081
	@$(ops) up --environment '$(ENV)' --emulator '$(EMULATOR)'

down: node_modules/.installed ## destroy the stacks, and remove everything that up started
	@$(ops) down --environment '$(ENV)'

dev: node_modules/.installed $(apps) ## both apps with hot reload on http://localhost:3000, without Docker
	@node_modules/.bin/concurrently --kill-others --names backend,frontend \
	  "HOSTNAME=127.0.0.1 PORT=8000 npm --prefix apps/backend run dev" \
	  "HOSTNAME=127.0.0.1 PORT=3000 BACKEND_URL=http://127.0.0.1:8000 npm --prefix apps/frontend run dev"

doctor: node_modules/.installed ## what is installed, and how to get what is not
	@$(ops) doctor

## Change it

test: $(packages) ## lint, types, workflows, units, compose and emulator tests (STAGES="lint stacks" for some): N passed, N failed
	@$(ops) test $(STAGES)

lint: node_modules/.installed ## Biome over everything, actionlint and zizmor over the workflows
	@npm run --silent lint
	@$(ops) pipeline lint

format: node_modules/.installed ## Biome's fixes, and the table of alarms in OBSERVABILITY.md
	@node_modules/.bin/tsx stacks/alarms/write-table.ts
	@npm run --silent format

synth: node_modules/.installed ## the stacks as Terraform reads them, into cdktf.out
	@node_modules/.bin/cdktf synth

cost: node_modules/.installed ## what ENV (or ENV=all) costs a month, what drives it, and what other choices would cost
	@$(ops) cost --environment '$(ENV)'

## Deploy it

bootstrap: node_modules/.installed ## once an account: state bucket, key, roles of GitHub Actions; asks unless YES=1
	@$(ops) bootstrap --environment '$(ENV)' $(if $(YES),--yes)

deploy: node_modules/.installed ## cdktf deploy of ENV to where this shell's AWS calls go; fails when a service was rolled back
	@$(ops) deploy --environment '$(ENV)'

recover: node_modules/.installed ## after an interrupted deploy: release dead locks, import what no state has; asks unless YES=1
	@$(ops) recover --environment '$(ENV)' $(if $(YES),--yes) $(if $(UNLOCK),--unlock '$(UNLOCK)')

record: node_modules/.installed ## write down the images that ENV runs, once its services are steady (SAVE=1 keeps the images)
	@$(ops) record --environment '$(ENV)' $(if $(SAVE),--save)

promote: node_modules/.installed ## copy the images recorded of FROM (staging) to the repositories of ENV, by digest (SAVED=1)
	@$(ops) promote --from '$(FROM)' --environment '$(ENV)' $(if $(SAVED),--saved)

## Prove it

review: node_modules/.installed ## what this checkout would change in staging (or ENV) as deployed from BASE (main), offline (10 minutes)
	@$(ops) review --environment '$(STAGING)' --base '$(BASE)' $(if $(PULL_REQUEST),--pull-request '$(PULL_REQUEST)')

prove: node_modules/.installed ## deploy staging (or ENV) offline, break it in many ways, destroy it (35 minutes; DRILL=names, COUNT=kills)
	@node_modules/.bin/tsx checks/resilience/cli.ts --environment '$(STAGING)' $(if $(DRILL),--drill '$(DRILL)') $(if $(COUNT),--count '$(COUNT)') $(if $(ENDPOINT),--endpoint '$(ENDPOINT)') $(if $(LOAD_BALANCERS),--load-balancers '$(LOAD_BALANCERS)')

check: node_modules/.installed ## list the long proofs; NAME=incidents runs one (ARGS='--help' for what it takes)
	@node_modules/.bin/tsx checks/cli.ts $(NAME) $(if $(ARGS),--args='$(ARGS)')

node_modules/.installed: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

%/node_modules/.installed: %/package-lock.json
	npm --prefix $* ci --ignore-scripts --no-audit --no-fund
	@touch $@
