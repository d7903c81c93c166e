#!/usr/bin/env bash
# Sets itself up and runs one job. `./run_local.sh --help` lists the jobs.
set -euo pipefail

SELF=$(readlink -f "${BASH_SOURCE[0]}" 2>/dev/null || echo "${BASH_SOURCE[0]}")  # perhaps called by a link
ROOT=$(cd "$(dirname "$SELF")" && pwd)
VENV=${VENV:-$ROOT/.venv}
[[ $VENV == /* ]] || VENV=$ROOT/$VENV
SIZE="some 170 MB of packages, 640 MB when unpacked"

usage() {
  cat <<'TEXT'
usage: run_local.sh [JOB] [ARGUMENTS]

jobs
  run [INPUT...] [OPTIONS]   read articles into incidents.duckdb; without arguments, those in seeds/ (the default job)
  watch --feeds FILE [...]   do a run over feeds every 15 minutes (--every TIME), until it is told to stop
  extract INPUT...           print what articles report, one JSON object per line
  sql QUERY                  print the answer to a query on incidents.duckdb
  why INCIDENT_ID            print who reports an incident, in which words, and why the reports were linked
  test [PYTEST OPTIONS]      run the tests
  lint                       check style and format
  types                      check types
  setup [EXTRA]              only make the environment (in .venv, or in $VENV), with an extra such as encoder or test

Any other job is a command of `python -m pipeline` (--help lists them), such as explain, review, report, export, serve.
Paths are meant from where you are. Needs Python 3.10 to 3.13, and uv or pip; everything else goes into the environment.
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

# Return whether the environment has a Python that runs, and a pip where pip is what installs.
is_whole() {
  "$VENV/bin/python" -c '' 2>/dev/null && { command -v uv >/dev/null || "$VENV/bin/python" -m pip --version &>/dev/null; }
}

# Make the environment, anew if what is there is broken or half made.
make_environment() {
  is_whole && return
  local python
  python=$(find_python)
  [[ ! -e $VENV ]] || echo "$VENV is broken or half made: making it anew" >&2
  if [[ -e $VENV && ! -e $VENV/pyvenv.cfg && -n $(ls -A "$VENV") ]]; then
    echo "run_local.sh: $VENV is no environment, and not empty: move it, or name another in VENV" >&2
    return 1
  fi
  rm -rf "$VENV"
  if command -v uv >/dev/null; then
    uv venv --quiet --python "$python" "$VENV"
  else
    "$python" -m venv "$VENV"
  fi
}

# Install what the job needs ("" or an extra, "[test]"), unless that was done since pyproject.toml last changed.
setup() {
  local extra=$1 stamp="$VENV/.installed$1"
  [[ -f $stamp && ! $ROOT/pyproject.toml -nt $stamp ]] && is_importable && return
  echo "setting up $VENV (downloads $SIZE, unless they are cached) ..." >&2
  make_environment
  rm -f "$stamp"
  if command -v uv >/dev/null; then
    uv pip install --quiet --python "$VENV/bin/python" --editable "$ROOT$extra"
  else
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$ROOT$extra"
  fi
  touch "$stamp"
}

# Return whether the environment still finds the program and what it stands on.
is_importable() {
  "$VENV/bin/python" -c 'from importlib.util import find_spec as f; exit(not (f("pipeline") and f("apache_beam") and f("duckdb")))' \
    2>/dev/null
}

command_() {
  local extra="" argument
  for argument in "$@"; do
    [[ $argument != --encoder ]] || extra="[encoder]"
  done
  setup "$extra"
  exec "$VENV/bin/python" -m pipeline "$@"
}

run() {
  [[ $# -gt 0 ]] || set -- "$ROOT/seeds"
  command_ run "$@"
}

run_tests() {
  setup "[test]"
  cd "$ROOT"
  exec "$VENV/bin/python" -m pytest -n auto --dist loadfile "$@"
}

lint() {
  setup "[test]"
  cd "$ROOT"
  "$VENV/bin/ruff" check .
  "$VENV/bin/ruff" format --check .
}

types() {
  setup "[test]"
  cd "$ROOT"
  "$VENV/bin/mypy"
}

job=${1:-run}
shift || true
case $job in
  run) run "$@" ;;
  test) run_tests "$@" ;;
  lint | types) "$job" "$@" ;;
  setup) setup "${1:+[$1]}" ;;
  -h | --help | help) usage ;;
  *) command_ "$job" "$@" ;;
esac
