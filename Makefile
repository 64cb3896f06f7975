# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: demo test check install install-dev system clean bench

demo: $(VENV)/runtime.stamp
	$(BIN)/python app.py demo $(DEMO_ARGS)

test: $(VENV)/dev.stamp system check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(VENV)/runtime.stamp
install-dev: $(VENV)/dev.stamp

$(VENV)/runtime.stamp: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -r requirements-dev.txt
	touch $@

# Browser, Chinese fonts, PostgreSQL, MariaDB and Redis for the tests: installed where we may, named where we may not.
system:
	sh deploy/test-system.sh

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
