ENV ?= dev
EMULATOR ?= ministack
setup = node_modules/.bin/tsx tools/setup/cli.ts

.PHONY: help up down doctor test dev

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | awk -F ':.*## ' '{ printf "make %-10s %s\n", $$1, $$2 }'
	@echo "Settings: ENV=$(ENV) (dev, staging, prod)  EMULATOR=$(EMULATOR) (ministack, localstack)"

up: node_modules/.installed ## install what is missing, deploy ENV to the emulated AWS, and serve it on http://localhost:8081
	@$(setup) up --environment '$(ENV)' --emulator '$(EMULATOR)'

down: node_modules/.installed ## destroy the stacks and remove everything that up started
	@$(setup) down --environment '$(ENV)'

doctor: node_modules/.installed ## each prerequisite: its version, or how to get it
	@$(setup) doctor

node_modules/.installed: package-lock.json
	npm ci --no-audit --no-fund
	@touch $@
