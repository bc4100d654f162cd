# AgentLadder. On a fresh machine `make run` and `make test` do everything; both say what is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export CGO_ENABLED ?= 0

BIN        := bin/agentladder
DATA       ?= data
FUZZTIME   ?= 5s
BENCHTIME  ?= 1s
COUNT      ?= 1
GO_FILES   := $(shell find . -name '*.go' -not -path './frontend/node_modules/*' 2>/dev/null)
WEB_FILES  := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
# every file that is embedded in the binary besides Go and the frontend
PACK_FILES := $(shell find course/library course/pack/schema migrations/sql api/locale api/openapi -type f 2>/dev/null)
GOLANGCI   := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: help run build test test-go test-web test-race test-postgres test-browser lint generate pictures fuzz bench figures need-go clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

need-go:
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 or newer (https://go.dev/dl)"; exit 1; }

run: build ## build and start a demo server on the embedded database in ./data
	./$(BIN) serve --demo --data $(DATA)

build: need-go $(BIN) ## build the binary with the frontend in it (without Node: API only)

$(BIN): $(GO_FILES) $(PACK_FILES) frontend/dist/index.html go.mod go.sum
	go build -trimpath -ldflags='-s -w' -o $@ ./cmd/agentladder

# Without Node the binary is built all the same and says so on its page.
frontend/dist/index.html: $(WEB_FILES)
	@if command -v npm >/dev/null; then \
		( cd frontend && { [ -d node_modules ] && [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci; } && npm run build ); \
	else \
		echo "Node is missing: building without the web interface (install Node 20.19 or newer for it)"; \
	fi

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json
	cd frontend && npm ci

test: need-go test-go test-web ## all tests that this machine can run; says what it leaves out

test-go: need-go
	go vet ./...
	go test ./...
	@[ -n "$$AGENTLADDER_TEST_POSTGRES_URL" ] || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || echo "left out: PostgreSQL (no AGENTLADDER_TEST_POSTGRES_URL and no PostgreSQL on this machine); SQLite was tested"

test-web:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory test-web-run; else echo "left out: frontend tests (no Node on this machine)"; fi

.PHONY: test-web-run
test-web-run: frontend/node_modules/.package-lock.json
	cd frontend && npm run lint && npx tsc --noEmit && npm test

test-race: need-go ## the Go tests with the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

lint: need-go ## golangci-lint on the Go code
	$(GOLANGCI) run ./...

generate: need-go frontend/node_modules/.package-lock.json ## regenerate server and client from api/openapi/openapi.yaml
	go generate ./api/openapi
	cd frontend && npm run generate

test-browser: build ## the stories of a trainee and of the offices in Chromium, with screenshots in out/screens
	cd frontend && node browser/story.mjs && node browser/offices.mjs

pictures: build ## take the README's pictures again
	mkdir -p frontend/browser/pictures
	cd frontend && AGENTLADDER_PICTURES=browser/pictures node browser/story.mjs

fuzz: need-go ## every fuzz target for FUZZTIME (5s; make fuzz FUZZTIME=10m for the long run)
	@for target in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | grep -v node_modules); do \
		for name in $$(grep -oE '^func Fuzz[A-Za-z0-9]+' $$target | cut -c6-); do \
			echo "fuzz $$(dirname $$target) $$name"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) ./$$(dirname $$target) || exit 1; \
		done; \
	done

bench: need-go ## Go benchmarks of reading and grading (BENCHTIME=1s COUNT=1)
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -count $(COUNT) ./grading/... ./exam/...

figures: build ## cold start, binary size, script of the first page
	./.ci/figures

clean: ## remove what was built; ./data stays
	rm -rf bin out frontend/dist/assets frontend/dist/index.html
