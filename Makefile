# The SDK warns of a future end of support on each start.
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = true

ENV ?= dev
FROM ?= staging
BASE ?= main
# The proof and the review take staging, unless somebody says otherwise.
STAGING = $(if $(filter command line environment,$(origin ENV)),$(ENV),staging)
EMULATOR ?= ministack
# Without a process of tsx between, which kills what it started when that is slow to take a signal.
ops = node --import tsx ops/cli.ts
apps = apps/backend/node_modules/.installed apps/frontend/node_modules/.installed
# Of everything that is type-checked and tested.
packages = node_modules/.installed $(apps) $(patsubst %,%/node_modules/.installed,localstack/control-plane localstack/load-balancers checks/e2e/lighthouse)

.PHONY: help up down dev doctor test lint format synth cost bootstrap deploy rollback recover record promote review prove check

help: ## print this list
	@awk -F ':.*## ' '/^##/ { printf "\n%s\n", substr($$0, 4) } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo; echo "Settings follow the target: make up ENV=staging. ENV is dev (the default), staging or prod; all settings: docs/reference.md."; echo "More options, and the commands of the pipelines: ops/run --help"

## Run it

up: node_modules/.installed ## install what is missing, deploy ENV to the emulated AWS, serve it on http://dev.localhost:8081 (of another ENV: its name, as in http://staging.localhost:8081)
	@$(ops) up --environment '$(ENV)' --emulator '$(EMULATOR)' $(if $(FORCE),--force)

down: node_modules/.installed ## destroy ENV on the emulated AWS; when nothing else is on it, remove the emulator too (YES=1: no confirmation)
	@$(ops) down --environment '$(ENV)' $(if $(YES),--yes)

dev: node_modules/.installed $(apps) ## run both apps with hot reload on http://localhost:3000, without Docker
	@node_modules/.bin/concurrently --kill-others --names backend,frontend \
	  "HOSTNAME=127.0.0.1 PORT=8000 npm --prefix apps/backend run dev" \
	  "HOSTNAME=127.0.0.1 PORT=3000 BACKEND_URL=http://127.0.0.1:8000 npm --prefix apps/frontend run dev"

doctor: node_modules/.installed ## list the programs that you need: version, or how to install each
	@$(ops) doctor

## Change it

test: $(packages) ## run all tests except the long proofs; ends with "N passed, N failed" (STAGES="lint stacks": only these)
	@$(ops) test $(STAGES)

lint: node_modules/.installed ## check style (Biome) and the workflows (actionlint, zizmor)
	@npm run --silent lint
	@$(ops) pipeline lint

format: node_modules/.installed ## fix style (Biome), and rewrite the table of alarms in OBSERVABILITY.md
	@node_modules/.bin/tsx stacks/alarms/write-table.ts
	@npm run --silent format

synth: node_modules/.installed ## write the stacks as Terraform JSON to cdktf.out
	@node_modules/.bin/cdktf synth

cost: node_modules/.installed ## print the monthly cost of ENV (or ENV=all), its largest parts, and the cost of alternatives
	@$(ops) cost --environment '$(ENV)'

## Deploy it

bootstrap: node_modules/.installed ## once per account: create state bucket, KMS key and roles for GitHub Actions (YES=1: no confirmation)
	@$(ops) bootstrap --environment '$(ENV)' $(if $(YES),--yes)

deploy: node_modules/.installed ## deploy ENV to AWS or an emulator (this shell's AWS settings decide); fails if ECS rolled a service back
	@$(ops) deploy --environment '$(ENV)' $(if $(FORCE),--force)

rollback: node_modules/.installed ## deploy the images of the release before (TO=<version>: of that one; LIST=1: list the releases; YES=1: no confirmation)
	@$(ops) rollback --environment '$(ENV)' $(if $(TO),--to '$(TO)') $(if $(LIST),--list) $(if $(YES),--yes)

recover: node_modules/.installed ## after an interrupted deployment: release state locks, import resources that are in no state (YES=1: no confirmation)
	@$(ops) recover --environment '$(ENV)' $(if $(YES),--yes) $(if $(UNLOCK),--unlock '$(UNLOCK)')

record: node_modules/.installed ## write the names of the images that ENV runs to reports/running (SAVE=1: save the images too)
	@$(ops) record --environment '$(ENV)' $(if $(SAVE),--save)

promote: node_modules/.installed ## copy the images recorded in FROM (staging) to the ECR repositories of ENV (SAVED=1: the saved images)
	@$(ops) promote --from '$(FROM)' --environment '$(ENV)' $(if $(SAVED),--saved)

## Prove it

review: node_modules/.installed ## show what this checkout would change in staging (or ENV) if BASE (main) is deployed; needs no account (10 minutes)
	@$(ops) review --environment '$(STAGING)' --base '$(BASE)' $(if $(PULL_REQUEST),--pull-request '$(PULL_REQUEST)')

prove: node_modules/.installed ## deploy staging (or ENV) to the emulated AWS, cause failures, destroy it (35 minutes; DRILL=names, COUNT=kills)
	@node_modules/.bin/tsx checks/resilience/cli.ts --environment '$(STAGING)' $(if $(DRILL),--drill '$(DRILL)') $(if $(COUNT),--count '$(COUNT)') $(if $(ENDPOINT),--endpoint '$(ENDPOINT)') $(if $(LOAD_BALANCERS),--load-balancers '$(LOAD_BALANCERS)')

check: node_modules/.installed ## list the long proofs; NAME=incidents runs one (with ARGS=--help: print its options)
	@node_modules/.bin/tsx checks/cli.ts $(NAME) $(if $(ARGS),--args='$(ARGS)')

node_modules/.installed: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

%/node_modules/.installed: %/package-lock.json
	npm --prefix $* ci --ignore-scripts --no-audit --no-fund
	@touch $@
