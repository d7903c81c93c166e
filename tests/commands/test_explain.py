"""`python -m pipeline explain`: what it prints, and that docs/explain.md shows what is really printed."""

import re
from pathlib import Path

from tests.commands.test_cli import pipeline

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "explain.md"
SESSION = re.compile(r"```console\n\$ python -m pipeline (?P<command>[^\n]+)\n(?P<output>.*?)\n```", re.DOTALL)


def test_the_page_shows_what_is_printed() -> None:
    """Where rules have changed what is printed, print it again and paste it into the page."""
    shown = SESSION.search(PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    done = pipeline(*shown["command"].split(), cwd=ROOT)
    assert done.stdout.rstrip() == shown["output"]


def test_the_page_names_modules_that_are_there() -> None:
    rules = ROOT / "pipeline" / "extraction" / "rules" / "incidents"
    named = re.findall(r"`(\w+\.py)`", PAGE.read_text(encoding="utf-8"))
    assert named
    assert all((rules / name).exists() for name in named)


def test_an_input_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = pipeline("explain", tmp_path / "none.txt")
    assert done.returncode == 2
    assert "none.txt" in done.stderr
