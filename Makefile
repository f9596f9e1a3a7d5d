# What a person types. `make help` lists it; each line's text stands behind its ##.
# PATRAS_VAR           the folder of all data and logs (default: var/)
# PATRAS_PORT_BASE     the first of the catalogue's ports: web, PostgreSQL, Redis, Solr, supervisor (default: as last time, or 55400)
# PATRAS_TEST_PORT_BASE  the first of the tests' ports (default: 50 above the catalogue's)
# PATRAS_SITE_URL      the address readers use, where a proxy stands in front (default: http://127.0.0.1: and the web port)
export PATRAS_VAR PATRAS_PORT_BASE PATRAS_TEST_PORT_BASE

LOCAL := python3 -m deploy.local
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24
	@echo
	@sed -nE 's/^# (PATRAS_)/  \1/p' $(MAKEFILE_LIST)
	@echo
	@echo '  One test by hand:     make test-services && .venv/bin/pytest -k NAME   (addresses: var/test/env)'
	@echo '  Another checkout:     make test-services PATRAS_PORT_BASE=56000 beside this one'

run: ## set up what is missing, start the catalogue, load the city, say where to look
	@$(LOCAL) run

test: ## every check and every test, on services of their own
	@$(LOCAL) test

check: ## style, types, YAML, definitions, the import rule
	@$(LOCAL) check

bench: test-services ## publication against a bare psql copy: 1,000,000 rows, paired, median of three
	@.venv/bin/python -m deploy.bench.publish

bench-upload: test-services ## from an uploaded file to its table against a bare psql copy, median of three
	@.venv/bin/python -m deploy.bench.upload

bench-search: test-services ## search at 100,000 made records beside stock CKAN, in milliseconds
	@.venv/bin/python -m deploy.bench.search

bench-reading: test-services ## questions to a table of 1,000,000 rows, in milliseconds, cold and warm
	@.venv/bin/python -m deploy.bench.reading

bench-exports: test-services ## exports against a bare COPY of the same rows, and what each format costs
	@.venv/bin/python -m deploy.bench.exports

bench-imports: test-services ## a spreadsheet of 10,000 groups beside a plain package_create loop, and again with no write
	@.venv/bin/python -m deploy.bench.imports

down: ## stop what make started, and nothing else
	@$(LOCAL) down

reset: ## remove all data of this checkout, after asking
	@$(LOCAL) reset

docs: ## write the reference pages from definitions and code, and the site/ to read
	@$(PYTHON) -m ckanext.patrasparticipation.schemas.derive.reference
	@$(PYTHON) -m deploy.reference
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --strict --quiet

vendor: ## fetch the map, the typeface and Swagger UI into public/vendor
	@$(LOCAL) vendor

wheel: ## build the wheel and the source archive into dist/
	@$(LOCAL) wheel

services: ## PostgreSQL, Redis and Solr of the catalogue, without its web server
	@$(LOCAL) services

test-services: ## PostgreSQL, Redis and Solr of the tests, with CKAN's tables
	@$(LOCAL) test-services

env: ## the tests' settings for a shell: source <(make -s env)
	@$(LOCAL) env

.PHONY: help run test check down reset docs vendor wheel services test-services env bench bench-upload bench-search bench-reading bench-exports bench-imports
