# Everything below makes its own environment in .venv; the machine needs Python 3.11 or newer and make.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= python3
# The uv that constraints.txt names: the machine's, else one that pip puts into a local environment of its own.
PINNED_UV := $(shell sed -n 's/^uv==\([^ ]*\).*/\1/p' constraints.txt)
UV := $(shell uv --version 2>/dev/null | grep -q '^uv $(PINNED_UV)\b' && command -v uv || echo .uv/bin/uv)

# Commands and tests start dozens of processes: what is compiled once is kept, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup refresh test test-landing ui bench evaluate weights lint constraints which-uv

setup: $(READY)

refresh: $(READY)
	@$(BIN)/minzheng refresh $(ARGS)

test: $(READY)
	@$(BIN)/pytest -n auto --dist loadfile $(ARGS)

# What takes a second or more each and is run before a change lands, not while one works: .ci/run.
test-landing: $(READY)
	@$(BIN)/pytest -n auto --dist loadfile -m "landing and not slow and not demand" $(ARGS)

ui: $(READY)
	@$(BIN)/minzheng ui $(ARGS)

# Speed: extraction beside two well-known extractors, then how refreshes grow (minutes; ARGS go to the second).
bench: $(READY) .venv-bench/.ready
	@$(BIN)/python -m tests.bench.extraction
	@$(BIN)/python -m tests.bench.scale $(ARGS)

# How much of our labelled texts (tests/labelled) is read right, as docs/scores.md shows it.
evaluate: $(READY)
	@$(BIN)/minzheng evaluate $(ARGS)

# Fit to the labelled texts: what speaks for a subject (weights, and what stands around numbers), and confidence.
weights: $(READY)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pipeline.tools.fit_weights $(if $(CORRECTIONS),--corrections $(CORRECTIONS)) $(ARGS)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pipeline.tools.fit_confidence $(if $(CORRECTIONS),--corrections $(CORRECTIONS))

# The extractors that the bench compares with want other versions than we do.
.venv-bench/.ready: tests/bench/peers.txt | $(UV)
	$(UV) venv --quiet --allow-existing --python "$(PYTHON)" .venv-bench
	$(UV) pip install --quiet --python .venv-bench/bin/python --require-hashes --requirements tests/bench/peers.txt
	@touch $@

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint models

$(READY): pyproject.toml constraints.txt | $(UV)
	$(UV) venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --constraint constraints.txt --compile-bytecode \
		--requirements pyproject.toml --group dev
	$(UV) pip install --quiet --python $(BIN)/python --build-constraint constraints.txt --no-deps --editable .
	@$(BIN)/python -m compileall -q pipeline
	@touch $@

# Where that one cannot be had, another uv of the machine does: what is installed is pinned by content all the same.
.uv/bin/uv: constraints.txt
	@{ $(PYTHON) -m venv .uv && sed -n '/^uv==/,/[^\\]$$/p' constraints.txt >.uv/uv.txt \
		&& .uv/bin/python -m pip install --quiet --require-hashes --requirement .uv/uv.txt && touch $@; } \
	|| { other=$$(command -v uv) && mkdir -p .uv/bin && echo "uv $(PINNED_UV) cannot be had: $$($$other --version) is used" >&2 \
		&& printf '#!/bin/sh\nexec %s "$$@"\n' "$$other" >$@ && chmod +x $@; }

# Where it is, for scripts.
which-uv: | $(UV)
	@echo $(abspath $(UV))

# After a change to the dependencies of pyproject.toml: write down the versions that they resolve to today, and
# what their files must hold.
constraints: | $(UV)
	$(UV) pip compile --quiet --universal --python-version 3.11 --group dev --group build --group audit --extra ray --extra ocr --no-header \
		--no-annotate --generate-hashes --no-emit-index-url --no-emit-find-links --output-file constraints.txt pyproject.toml
	$(UV) pip compile --quiet --universal --python-version 3.11 --prerelease allow --no-header --no-annotate --generate-hashes \
		--no-emit-index-url --no-emit-find-links --output-file tests/bench/peers.txt tests/bench/peers.in
