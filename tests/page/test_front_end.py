"""The front end's build: fresh, and whole; and its own tests."""

import gzip
import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.page.details import ROWS
from pipeline.page.document import resource, world

ROOT = Path(__file__).parent.parent.parent
WEB = ROOT / "web"


def script_of(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, WEB / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_build_is_fresh() -> None:
    built = script_of("build").built()
    stale = [name for name, text in built.items() if resource(name) != text]
    assert not stale, "build anew: python web/build.py"


def test_two_modules_may_not_declare_one_name() -> None:
    build = script_of("build")
    declared: dict[str, str] = {}
    for name in build.in_order(build.ENTRY):
        build.stripped(name, declared)
    with pytest.raises(SystemExit, match="both declare"):
        build.stripped("days.js", declared)


def test_the_build_has_no_comments_and_no_modules() -> None:
    text = resource("page.js")
    assert not re.search(r"^\s*(/\*\*|\*|//|import |export )", text, re.MULTILINE)


def test_the_build_holds_nothing_that_a_page_may_not_run() -> None:
    text = resource("page.js")
    assert "</script" not in text.lower()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text)
    assert not re.search(r"<script|\son\w+=|style=", resource("page.html"))
    assert "url(" not in resource("page.css")
    assert "@import" not in resource("page.css")


def test_the_page_names_its_rows_as_the_details_do() -> None:
    text = resource("page.js")
    assert [name for name in ROWS if f'"{name}"' not in text] == []


def test_the_base_map_is_the_world() -> None:
    base = json.loads(gzip.decompress(world()))
    east = [x * base["step"] for line in base["land"] for x in points(line)[0]]
    south = [y * base["step"] for line in base["land"] for y in points(line)[1]]
    assert (min(east), max(east)) == (-180, 180)
    assert min(south) > -60
    assert max(south) > 80
    assert len(base["land"]) > 500
    assert len(base["borders"]) > 300


def test_no_line_of_the_base_map_crosses_the_whole_map() -> None:
    base = json.loads(gzip.decompress(world()))
    longest = max(abs(step) * base["step"] for kind in ("land", "borders") for line in base[kind] for step in line[2:])
    assert longest < 30  # the 49th parallel, between two lakes of North America


def points(steps: list[int]) -> tuple[list[int], list[int]]:
    x = y = 0
    east, south = [], []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        east.append(x)
        south.append(y)
    return east, south


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node 20 or newer")
def test_the_front_end_s_own_tests() -> None:
    told = subprocess.run(
        ["node", "--test", "test/"], cwd=WEB, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stdout
    assert "# fail 0" in told.stdout
