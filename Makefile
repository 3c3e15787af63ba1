# make demo: the samples from CSV and PDF to workbooks. make test: everything, on both databases. See CONTRIBUTING.md.
CHECK = --explicit-target-dependency-import-check error
RELEASE = -c release --static-swift-stdlib $(CHECK)

.PHONY: demo build test test-ai lint docs bench accuracy prove record look soak ready

demo: build
	@scripts/demo

build: ready
	swift build $(RELEASE)

test: ready
	scripts/with-postgres swift test $(CHECK)

# What a real, small model on this machine proposes, and that it decides nothing; downloads 560 MB the first time.
test-ai: build
	@scripts/test-ai

lint:
	swift format lint --strict -r Package.swift Sources Tests
	@scripts/check-sources

docs: ready
	swift test $(CHECK) --filter '^DocsTests'

# Rewrites what is generated (docs, samples' hops, goldens) and fails, so that nobody takes a recording for a pass.
record: ready
	TRUNKLINE_RECORD=1 scripts/with-postgres swift test $(CHECK) --filter '^(DocsTests|SampleTests|MappingTests|ReportingTests)'

bench: build
	@scripts/bench

# How often decisions about real files are right, beside peers; what needs ../shared is skipped and said without it.
accuracy: build
	@scripts/accuracy

# Takes the guards away one at a time and demands that a test notices each; minutes, so not part of `make test`.
prove: ready
	@scripts/prove

# The same tests of reliability with ten times the points: 200 kills a step, 50 programs at once; an hour.
soak: ready
	TRUNKLINE_SOAK=1 scripts/with-postgres swift test $(CHECK) --filter '^ChainTests'

look:
	@scripts/look

ready:
	@scripts/install
