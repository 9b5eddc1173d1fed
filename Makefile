# The SDK warns of a future end of support on each start.
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = true

ENV ?= dev
FROM ?= staging
BASE ?= main
PROVE_ENV = $(if $(filter command line environment,$(origin ENV)),$(ENV),staging)
EMULATOR ?= ministack
packages = $(patsubst ./%,%,$(patsubst %,%node_modules/.installed,$(dir $(shell git ls-files '*package-lock.json' ':!checks/cdktn'))))
setup = node_modules/.bin/tsx ops/cli.ts
pipelines = node_modules/.bin/tsx ops/pipeline/cli.ts

.PHONY: help up down bootstrap deploy recover record promote doctor test dev bench cost exit environments prove conformance prove-sabotage checkov mutants review-fixtures review review-proof review-screens alarms alarm-table isolated interrupted cold synth workflows ci account images push attested ready plan apply comment drift figures contract journeys lighthouse

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | awk -F ':.*## ' '{ printf "make %-12s %s\n", $$1, $$2 }'
	@echo "Settings: ENV=$(ENV) (dev, staging, prod)  EMULATOR=$(EMULATOR) (ministack, localstack)"

up: node_modules/.installed ## install what is missing, deploy ENV to the emulated AWS, and serve it on http://localhost:8081
	@$(setup) up --environment '$(ENV)' --emulator '$(EMULATOR)'

down: node_modules/.installed ## destroy the stacks and remove everything that up started
	@$(setup) down --environment '$(ENV)'

bootstrap: node_modules/.installed ## once an account: state bucket, key, roles of GitHub Actions; explains, and asks unless YES=1
	@$(setup) bootstrap --environment '$(ENV)' $(if $(YES),--yes)

deploy: node_modules/.installed ## cdktf deploy of ENV to where this shell's AWS calls go; fails when a service was rolled back
	@$(setup) deploy --environment '$(ENV)'

recover: node_modules/.installed ## after an interrupted deploy: release dead locks, import what no state knows, remove duplicates; asks unless YES=1
	@node_modules/.bin/tsx ops/recover/cli.ts --environment '$(ENV)' $(if $(YES),--yes) $(if $(UNLOCK),--unlock '$(UNLOCK)')

record: node_modules/.installed ## write down the images that ENV runs, once its services are steady (SAVE=1 keeps the images, too)
	@node_modules/.bin/tsx ops/promote/cli.ts record --environment '$(ENV)' $(if $(SAVE),--save)

promote: node_modules/.installed ## copy the images recorded of FROM (staging) into the repositories of ENV, by digest (SAVED=1 as they were kept)
	@node_modules/.bin/tsx ops/promote/cli.ts copy --from '$(FROM)' --environment '$(ENV)' $(if $(SAVED),--saved)

doctor: node_modules/.installed ## each prerequisite: its version, or how to get it
	@$(setup) doctor

test: $(packages) ## everything: lint, types, workflows, units, compose and emulator tests (STAGES=names for some); ends with "N passed, N failed"
	@$(setup) test $(STAGES)

journeys: $(packages) ## walk through DASHBOARD_URL (what docker compose up serves) with a browser; pictures in reports/screens
	@DASHBOARD_URL='$(or $(DASHBOARD_URL),http://localhost:8080)' node_modules/.bin/jest --selectProjects browser --runInBand

lighthouse: node_modules/.installed checks/e2e/lighthouse/node_modules/.installed ## let Lighthouse judge each page of DASHBOARD_URL (what docker compose up serves); writes reports/lighthouse.json
	@node_modules/.bin/tsx checks/e2e/lighthouse/cli.ts --url '$(or $(DASHBOARD_URL),http://localhost:8080)'

dev: $(packages) ## both apps with hot reload on http://localhost:3000, without Docker
	@node_modules/.bin/concurrently --kill-others --names backend,frontend \
	  "HOSTNAME=127.0.0.1 PORT=8000 npm --prefix apps/backend run dev" \
	  "HOSTNAME=127.0.0.1 PORT=3000 BACKEND_URL=http://127.0.0.1:8000 npm --prefix apps/frontend run dev"

bench: node_modules/.installed apps/backend/node_modules/.installed ## measure the services, and the stacks and what make up serves, against others in the same run; writes reports/bench.json (ONLY=backend,containers,images,stacks)
	@node_modules/.bin/tsx checks/bench/cli.ts $(if $(ONLY),--only '$(ONLY)')

exit: node_modules/.installed checks/cdktn/node_modules/.installed ## prove that the stacks can leave cdktf for its fork: the same resources, but for explained differences
	@node_modules/.bin/tsx checks/cdktn/cli.ts

figures: node_modules/.installed apps/backend/node_modules/.installed ## hold the API's figures against numpy, pandas and empyrical on 240 seeded portfolios, to 1e-9
	@node_modules/.bin/tsx checks/api/figures/cli.ts

contract: node_modules/.installed apps/backend/node_modules/.installed ## ask the API, as it runs, all that its OpenAPI description allows and forbids (schemathesis)
	@node_modules/.bin/tsx checks/api/contract/cli.ts

cost: node_modules/.installed ## what ENV (or ENV=all) costs a month, what drives it, and what other choices would cost
	@node_modules/.bin/tsx ops/cost/cli.ts --environment '$(ENV)'

environments: node_modules/.installed ## prove each environment: applied with IAM enforced, planned again, destroyed (30 minutes)
	@node_modules/.bin/tsx checks/environments/cli.ts

prove: node_modules/.installed packages/alarm-lab/node_modules/.installed ## deploy staging (or ENV) offline, break it in many ways, destroy it; writes reports/proof.html (DRILL=names for some, COUNT=kills)
	@node_modules/.bin/tsx checks/resilience/cli.ts --environment '$(PROVE_ENV)' $(if $(DRILL),--drill '$(DRILL)') $(if $(COUNT),--count '$(COUNT)') $(if $(ENDPOINT),--endpoint '$(ENDPOINT)') $(if $(LOAD_BALANCERS),--load-balancers '$(LOAD_BALANCERS)')

prove-sabotage: node_modules/.installed packages/alarm-lab/node_modules/.installed ## break the stacks on purpose: the matching drill of make prove must fail and say why (ONLY=names for some; more than an hour)
	@node_modules/.bin/tsx checks/resilience/sabotage.ts $(if $(ONLY),--only '$(ONLY)')

conformance: node_modules/.installed packages/alarm-lab/node_modules/.installed ## hold what the emulated AWS really does against its ledger; WRITE=1 writes localstack/FIDELITY.md, ENDPOINT=url asks another one (5 minutes)
	@node_modules/.bin/tsx checks/compatibility/cli.ts $(if $(WRITE),--write) $(if $(ENDPOINT),--endpoint '$(ENDPOINT)')

checkov: node_modules/.installed ## hold checkov's findings in the plans of make environments against the reviewed list
	@node_modules/.bin/tsx checks/policies/checkov/cli.ts

mutants: node_modules/.installed ## get the stacks wrong in hundreds of ways; do the policies notice, does checkov? (2 minutes)
	@node_modules/.bin/tsx checks/policies/mutants/cli.ts

review-fixtures: node_modules/.installed ## hold plan-review's verdicts on deliberate changes against what was expected (PLAN=1 makes their plans anew on the emulator, PLAN=recorded from the last make environments)
	@$(if $(PLAN),node_modules/.bin/tsx checks/plan-review/make-plans/cli.ts --on $(if $(filter recorded,$(PLAN)),recorded,emulator))
	@node_modules/.bin/tsx checks/plan-review/review-fixtures.ts

review: node_modules/.installed ## what this checkout would change in ENV (staging) as deployed from BASE (main), on the emulator; writes reports/reviews/offline (10 minutes)
	@node_modules/.bin/tsx ops/review/cli.ts --environment '$(PROVE_ENV)' --base '$(BASE)' $(if $(PULL_REQUEST),--pull-request '$(PULL_REQUEST)')

review-proof: node_modules/.installed ## prove that make review says what a deploy would do, and a plan of one stack does not (15 minutes)
	@node_modules/.bin/tsx checks/plan-review/proof.ts

review-screens: node_modules/.installed ## draw the pictures in plan-review's README
	@node_modules/.bin/tsx checks/plan-review/screens.ts

alarms: node_modules/.installed packages/alarm-lab/node_modules/.installed ## run the alarms against incidents, normal days and their own mutants; draws each (5 minutes)
	@node_modules/.bin/tsx checks/incidents/cli.ts

alarm-table: node_modules/.installed ## write the table of alarms in OBSERVABILITY.md anew from their rows
	@node_modules/.bin/tsx stacks/alarms/write-table.ts

synth: node_modules/.installed ## the stacks as Terraform reads them, into cdktf.out
	@node_modules/.bin/cdktf synth

workflows: node_modules/.installed ## actionlint and zizmor over .github
	@$(pipelines) lint

ci: $(packages) ## what the workflows run, all but the calls of AWS and GitHub (JOBS=names for some, LIST=1 to see them; an hour)
	@$(pipelines) run $(JOBS) $(if $(LIST),--list)

account: node_modules/.installed ## for pipelines: the ROLE (plan, deploy), region and account of ENV
	@$(pipelines) account --environment '$(ENV)' --role '$(ROLE)'

images: node_modules/.installed ## for pipelines: build the images of SERVICE, and keep each in reports/images
	@$(pipelines) images --service '$(SERVICE)'

push: node_modules/.installed ## for pipelines: push the kept images of SERVICE to ENV's repositories, or to the DOCKER_HUB namespace
	@$(pipelines) push --service '$(SERVICE)' --environment '$(ENV)' $(if $(DOCKER_HUB),--docker-hub '$(DOCKER_HUB)')

attested: node_modules/.installed ## for pipelines: wait until the image that DIGEST is, which another run pushed, is attested
	@$(pipelines) attested --digest '$(DIGEST)'

ready: node_modules/.installed ## for pipelines: are all images that this checkout names in ENV's repositories, did its checks pass, and is GitHub set so that main alone deploys?
	@$(pipelines) ready --environment '$(ENV)'

plan: node_modules/.installed ## plan ENV with reading rights, and review the plan; writes reports/reviews/ENV
	@$(pipelines) plan --environment '$(ENV)'

apply: node_modules/.installed ## plan STACKS of ENV anew, and apply each only if its plan is the reviewed one
	@$(pipelines) apply --environment '$(ENV)' $(STACKS)

comment: node_modules/.installed ## for pipelines: put the reviews into the one comment of the pull request whose commit is HEAD
	@$(pipelines) comment --head '$(HEAD)' --plans '$(PLANS)' $(if $(PULL_REQUEST),--pull-request '$(PULL_REQUEST)')

drift: node_modules/.installed ## for pipelines: keep the one issue that says what differs between main and what runs
	@$(pipelines) drift --plans '$(PLANS)'

isolated: node_modules/.installed ## prove that a deploy to the emulator has no way to AWS: run one without a network (root)
	@node_modules/.bin/tsx checks/installation/cli.ts isolated --environment '$(ENV)'

interrupted: ## prove that a make up killed at a random moment harms nothing (5 to 10 minutes)
	@checks/installation/interrupted.sh

cold: ## prove that a fresh Debian with the preconditions alone can make up (root, 15 to 25 minutes)
	@checks/installation/cold.sh

node_modules/.installed: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

%/node_modules/.installed: %/package-lock.json
	npm --prefix $* ci --ignore-scripts --no-audit --no-fund
	@touch $@
