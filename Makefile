# Căn Cứ. Two commands: `make run` and `make test`. Everything lives in .venv and var; nothing needs root.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
KB_HOME ?= var
export HOST PORT KB_HOME

# torch comes as the pinned CPU build; set TORCH_INDEX to PyTorch's CPU index where pip would take a CUDA build.
TORCH := torch==2.13.0 $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))

.PHONY: run setup test lint types architecture unit eval encoder encoder-eval corpus clean

run: setup  ## ingest corpus/ and serve the site
	@$(BIN)/kb run corpus

setup: $(VENV)/.installed  ## the environment alone

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Căn Cứ needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once; about 1.5 GB with torch) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

test: $(VENV)/.installed-dev lint types architecture unit  ## everything that CI checks

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

architecture: $(VENV)/.installed-dev
	$(BIN)/lint-imports

unit: $(VENV)/.installed-dev
	$(BIN)/pytest

corpus: $(VENV)/.installed-dev  ## make the files of corpus/ anew from their sources
	$(BIN)/python corpus/build.py

eval: $(VENV)/.installed-dev  ## search quality on every judged set beside the repository
	$(BIN)/python -m tests.relevance

encoder: $(VENV)/.installed-dev  ## train the encoder (hours on two cores; resumable)
	$(BIN)/python -m kb.encoder train

encoder-eval: $(VENV)/.installed-dev  ## the encoder's table
	$(BIN)/python -m kb.encoder evaluate

clean:
	rm -rf $(VENV) var build dist *.egg-info
