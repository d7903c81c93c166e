"""README's recipe for feeds, pasted into a shell as it stands, against a feed of ours."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.databases import rows
from tests.support.web import Reply, Site, item, rss, serving

ROOT = Path(__file__).parent.parent
ATTACK = "Two rockets hit a base near Kirkuk, Iraq, on Wednesday, wounding three soldiers, the army said."
PATIENCE_SECONDS = 60.0


def recipe() -> str:
    found = re.search(
        r"every 15 minutes, in DuckDB:\*\*\n\n```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S
    )
    assert found
    return found[1]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with `run_local.sh`, set up with the environment that is there."""
    shutil.copy(ROOT / "run_local.sh", tmp_path)
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (tmp_path / ".venv" / ".installed").touch()
    python = binaries / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return tmp_path


def test_the_recipe_has_five_lines() -> None:
    assert len(recipe().splitlines()) == 5


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a recipe for Unix shells")
def test_pasted_into_a_shell_it_fills_the_database_and_goes_on_watching(home: Path) -> None:
    with serving(Site()) as site:
        site.pages["/feed"] = Reply(rss(item(description=ATTACK)), etag='"1"')
        pasted = re.sub(r"https://\S+", f"{site.url}/feed", recipe())
        environment = {**os.environ, "VENV": ".venv", "PYTHONPATH": str(ROOT)}
        shell = subprocess.Popen(
            ["bash", "-e"], cwd=home, env=environment, start_new_session=True, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            printed, complained = shell.communicate(pasted, timeout=PATIENCE_SECONDS)
            log = _watched(home / "watch.log")
        finally:
            os.killpg(shell.pid, signal.SIGTERM)
    assert (shell.returncode, complained) == (0, "")
    assert "1 articles read" in printed
    assert f"{site.url}/feed" in printed
    assert "Kirkuk" in printed
    assert "cycle 1: 0 articles read" in log
    assert rows(home / "incidents.duckdb", "SELECT count(*) FROM incidents") == [(1,)]


def _watched(log: Path) -> str:
    """Return what a watch has written when it has been through a cycle."""
    until = time.monotonic() + PATIENCE_SECONDS
    while "cycle" not in (text := log.read_text(encoding="utf-8") if log.exists() else ""):
        assert time.monotonic() < until, text
        time.sleep(0.05)
    return text
