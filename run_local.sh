#!/usr/bin/env bash
# Sets itself up and runs one job. `./run_local.sh --help` lists the jobs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

VENV=${VENV:-.venv}

usage() {
  cat <<'TEXT'
usage: ./run_local.sh [JOB] [ARGUMENTS]

jobs
  run [INPUT...] [OPTIONS]   read articles into incidents.duckdb; without arguments, those in seeds/ (the default job)
  watch --feeds FILE [...]   do a run over feeds every 15 minutes (--every TIME), until it is told to stop
  extract INPUT...           print what articles report, one JSON object per line
  sql QUERY                  print the answer to a query on incidents.duckdb
  test [PYTEST OPTIONS]      run the tests
  lint                       check style and format
  types                      check types
  setup                      only make the environment (in .venv, or in $VENV)

Needs Python 3.10 to 3.13, and uv or pip. Everything else goes into the environment.
TEXT
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.10 python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "run_local.sh: no Python 3.10 to 3.13 found; install one, or name it in PYTHON" >&2
  return 1
}

# Install what the job needs ("" or "[test]"), unless that was done since pyproject.toml last changed.
setup() {
  local extra=$1 stamp="$VENV/.installed$1" python
  [[ -f $stamp && ! pyproject.toml -nt $stamp ]] && return
  python=$(find_python)
  echo "setting up $VENV ..." >&2
  if command -v uv >/dev/null; then
    [[ -x $VENV/bin/python ]] || uv venv --quiet --python "$python" "$VENV"
    uv pip install --quiet --python "$VENV/bin/python" --editable ".$extra"
  else
    [[ -x $VENV/bin/python ]] || "$python" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".$extra"
  fi
  touch "$stamp"
}

run() {
  setup ""
  [[ $# -gt 0 ]] || set -- seeds
  local argument
  for argument in "$@"; do
    [[ $argument == --output || $argument == --output=* ]] && exec "$VENV/bin/python" -m pipeline run "$@"
  done
  exec "$VENV/bin/python" -m pipeline run "$@" --output incidents.duckdb
}

watch() {
  setup ""
  local argument
  for argument in "$@"; do
    [[ $argument == --output || $argument == --output=* ]] && exec "$VENV/bin/python" -m pipeline watch "$@"
  done
  exec "$VENV/bin/python" -m pipeline watch "$@" --output incidents.duckdb
}

extract() {
  setup ""
  exec "$VENV/bin/python" -m pipeline extract "$@"
}

sql() {
  setup ""
  exec "$VENV/bin/python" -m pipeline sql "$@"
}

run_tests() {
  setup "[test]"
  exec "$VENV/bin/python" -m pytest -n auto --dist loadfile "$@"
}

lint() {
  setup "[test]"
  "$VENV/bin/ruff" check .
  "$VENV/bin/ruff" format --check .
}

types() {
  setup "[test]"
  "$VENV/bin/mypy"
}

job=${1:-run}
shift || true
case $job in
  run | watch | extract | sql | lint | types) "$job" "$@" ;;
  test) run_tests "$@" ;;
  setup) setup "" ;;
  -h | --help | help) usage ;;
  *)
    echo "run_local.sh: there is no job '$job'" >&2
    usage >&2
    exit 2
    ;;
esac
