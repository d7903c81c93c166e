"""The picture of the architecture names modules that are there, and as few terms as it promises."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DECISIONS = PAGE.split("## Where each decision lives")[1].split("## Glossary")[0]
MOST_TERMS = 25


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:\w+/)+[\w.]*)`", DECISIONS))))
def test_what_is_named_is_there(name: str) -> None:
    assert (ROOT / "pipeline" / name).exists() or (ROOT / name).exists()


def test_the_glossary_is_short() -> None:
    terms = re.findall(r"^\| (?!term|---)(.+?) \|", PAGE.split("## Glossary")[1], re.MULTILINE)
    assert 0 < len(terms) <= MOST_TERMS
    assert len(set(terms)) == len(terms)


def test_every_room_is_in_the_table() -> None:
    rooms = {path.name for path in (ROOT / "pipeline").iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(re.findall(r"^\| `pipeline/(\w+)`", PAGE, re.MULTILINE))
