"""`run_local.sh` from anywhere, with any job, over an environment that is whole, half made or not there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(os.name != "posix", reason="a script for Unix shells")

PYTHON = f"""#!/bin/sh
if [ "$1" = -m ]; then echo "called in $PWD with $*"; else exec "{sys.executable}" "$@"; fi
"""
UV = """#!/bin/sh
echo "$@" >> "$LOG"
for last; do :; done
[ "$1" = pip ] && exit 0
mkdir -p "$last/bin" && touch "$last/pyvenv.cfg" && cp "{python}" "$last/bin/python"
"""


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A checkout with the script alone, beside a `uv` that makes an environment whose Python says how it is called."""
    checkout = tmp_path / "a checkout"
    checkout.mkdir()
    shutil.copy(ROOT / "run_local.sh", checkout)
    (checkout / "pyproject.toml").touch()
    executable(tmp_path / "python", PYTHON)
    executable(tmp_path / "tools" / "uv", UV.replace("{python}", str(tmp_path / "python")))
    return checkout


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


def called(home: Path, elsewhere: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{home.parent}/tools:{os.environ['PATH']}", "LOG": f"{home.parent}/log",
        "PYTHON": sys.executable, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    return subprocess.run(
        [f"{home}/run_local.sh", *arguments],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def steps(home: Path) -> list[str]:
    log = home.parent / "log"
    return [line.split()[0] for line in log.read_text().splitlines()] if log.exists() else []


@pytest.mark.parametrize(
    "job", ["run", "watch", "extract", "explain", "sql", "why", "review", "report", "export", "serve"]
)
def test_a_command_is_called_where_one_is(job: str, home: Path, elsewhere: Path) -> None:
    done = called(home, elsewhere, job, "my news/*.txt", "--db", "x.duckdb")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"called in {elsewhere} with -m pipeline {job} my news/*.txt --db x.duckdb\n"
    assert "downloads some" in done.stderr


def test_without_a_job_the_seeds_are_read(home: Path, elsewhere: Path) -> None:
    assert called(home, elsewhere).stdout == f"called in {elsewhere} with -m pipeline run {home}/seeds\n"


def test_a_link_to_the_script_will_do(home: Path, elsewhere: Path) -> None:
    (elsewhere / "run_local.sh").symlink_to(home / "run_local.sh")
    done = subprocess.run(
        ["./run_local.sh", "sql", "FROM runs"], cwd=elsewhere, capture_output=True, text=True, check=False,
        env={"PATH": f"{home.parent}/tools:{os.environ['PATH']}", "LOG": f"{home.parent}/log", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == f"called in {elsewhere} with -m pipeline sql FROM runs\n"


def test_an_environment_that_is_whole_is_left_alone(home: Path, elsewhere: Path) -> None:
    called(home, elsewhere, "sql", "1")
    done = called(home, elsewhere, "sql", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert steps(home) == ["venv", "pip"]


@pytest.mark.parametrize("broken", ["no python", "python that fails", "nothing installed"])
def test_a_broken_environment_is_mended(broken: str, home: Path, elsewhere: Path) -> None:
    called(home, elsewhere, "sql", "1")
    python = home / ".venv" / "bin" / "python"
    if broken == "no python":
        python.unlink()
    elif broken == "python that fails":
        executable(python, "#!/bin/sh\nexit 1\n")
    else:
        (home / ".venv" / ".installed").unlink()
    done = called(home, elsewhere, "sql", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("called in")
    assert steps(home)[2:] == (["pip"] if broken == "nothing installed" else ["venv", "pip"])


def test_a_folder_that_is_no_environment_is_left_alone(home: Path, elsewhere: Path) -> None:
    (home / ".venv").mkdir()
    (home / ".venv" / "thesis.txt").write_text("years of work")
    done = called(home, elsewhere, "sql", "1")
    assert done.returncode == 1
    assert "is no environment" in done.stderr
    assert (home / ".venv" / "thesis.txt").read_text() == "years of work"


def test_the_encoder_is_installed_when_it_is_asked_for(home: Path, elsewhere: Path) -> None:
    called(home, elsewhere, "run", "news", "--encoder")
    assert (home.parent / "log").read_text().rstrip().endswith(f"--editable {home}[encoder]")


def test_help_needs_no_environment(home: Path, elsewhere: Path) -> None:
    done = called(home, elsewhere, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert steps(home) == []
