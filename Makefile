# Every target can be run again and again; what is done already is not done twice.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CORPUS := build/corpus
RECORDS := build/records
DEMO_CORPUS := build/demo-corpus
APT := tesseract-ocr tesseract-ocr-vie fonts-croscore fonts-dejavu-core graphviz
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: setup system demo test test-ocr test-browser test-all lint app clean

setup: system $(STAMP)

# Debian packages: only those that are missing.
system:
	@missing=""; for p in $(APT); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q "ok installed" || missing="$$missing $$p"; done; \
	$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || missing="$$missing python3-venv"; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing" >&2; $(SUDO) apt-get update -q && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends $$missing; fi

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

# The main job on the bundled corpus: texts, typeset PDFs, degraded scans.
demo: setup
	$(BIN)/python -m corpus.generator --out $(CORPUS) --kinds text,pdf,scan --presets office
	$(BIN)/congvan extract $(CORPUS)/text $(CORPUS)/pdf $(CORPUS)/scan --jobs 2 --out $(RECORDS)
	$(BIN)/congvan extract $(CORPUS)/text $(CORPUS)/pdf $(CORPUS)/scan --jobs 2
	@echo; echo "Records:  $(RECORDS)/*.json"; echo "Corpus:   $(CORPUS)"; echo "A page with its zones and evidence: $(BIN)/congvan inspect $(CORPUS)/scan/000_8cf4c746d5814797.office.pdf --out build/inspect"

test: setup
	$(BIN)/python -m pytest -m "not ocr and not browser and not notebook" -n 2 --dist loadfile

test-ocr: setup
	$(BIN)/python -m pytest -m "ocr or notebook"

test-browser: setup
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -q && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -q --no-install-recommends chromium; }
	$(BIN)/python -m pytest -m browser

test-all: test test-ocr test-browser

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Documents as people get them, typeset and scanned; some of the scans are read while the app is open.
$(DEMO_CORPUS): | setup
	$(BIN)/python -m corpus.generator --out $@.part --sources synthetic --kinds pdf,scan --presets handwritten
	rm -rf $@ && mv $@.part $@

app: setup $(DEMO_CORPUS)
	$(BIN)/python -m pipeline.ui.demo build/demo
	CONGVAN_DEMO=1 CONGVAN_ARCHIVE=build/demo $(BIN)/streamlit run app.py --server.address 127.0.0.1

clean:
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
