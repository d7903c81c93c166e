"""README's first screen shows what its commands print."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SESSION = re.compile(r"```console\n\$ (?P<command>.+?)\n(?P<output>[^$].*?)```", re.DOTALL)
SECONDS = re.compile(r"\d+\.\d s")
FIRST_SCREEN_LINES = 60


def _sessions() -> list[tuple[str, str]]:
    screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:FIRST_SCREEN_LINES])
    return [(found["command"], found["output"]) for found in SESSION.finditer(screen)]


def _run(command: str, folder: Path) -> str:
    """Run a job of run_local.sh as it would, in an empty folder and in the environment that is there."""
    script, *arguments = shlex.split(command)
    assert script == "./run_local.sh"
    called = arguments or ["run", str(ROOT / "seeds"), "--output", "incidents.duckdb"]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *called], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_first_screen_has_a_run_and_a_query() -> None:
    assert [command.split()[:2] for command, _ in _sessions()] == [["./run_local.sh"], ["./run_local.sh", "sql"]]


def test_first_screen_shows_what_is_printed(tmp_path: Path) -> None:
    for command, shown in _sessions():
        assert SECONDS.sub("N s", _run(command, tmp_path)).rstrip() == SECONDS.sub("N s", shown).rstrip()


def test_jobs_of_the_readme_are_jobs_of_the_script() -> None:
    script = (ROOT / "run_local.sh").read_text(encoding="utf-8")
    for job in re.findall(r"\./run_local\.sh ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert re.search(rf"\b{job}\b", script.split("TEXT")[1]), job
