"""Who may import what, and who may ask what time it is: read from the code, not from the folders' good names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    str(path.relative_to(ROOT)) for folder in ("pipeline", "schemas") for path in (ROOT / folder).rglob("*.py")
)
BEAM = {"pipeline/run/flow.py", "pipeline/run/beam_options.py", "pipeline/run/runners.py"}
DUCKDB = {"pipeline/run/launcher.py", "pipeline/run/workplace.py"}
READS_DATABASES = ("pipeline/storage/", "pipeline/page/")
"""The rooms that may speak to a database: where it is written, and where a page of it is made."""

ROOMS = {
    "schemas": set(),
    "errors": set(),
    "knowledge": set(),
    "runtime": {"errors"},
    "records": {"errors", "runtime"},
    "sources": {"errors", "knowledge", "runtime", "records"},
    "extraction": {"errors", "knowledge", "runtime", "records"},
    "linking": {"errors", "knowledge", "runtime", "records"},
    "storage": {"errors", "knowledge", "runtime", "records", "linking", "sources"},
    "export": {"errors", "runtime", "records", "storage"},
    "page": {"errors", "knowledge", "storage", "export"},
    "run": {"errors", "runtime", "records", "sources", "extraction", "linking", "storage"},
    "commands": {
        *("errors", "runtime", "records", "sources", "extraction", "linking", "storage", "run", "export", "page"),
    },
}
"""Which rooms of `pipeline` a room imports from, beside its own and the schemas."""

PLAIN = {"pipeline/sources/known_keys.py"}
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime", "time.gmtime",
}  # fmt: skip
MAY_ASK_THE_TIME = {
    "pipeline/run/launcher.py", "pipeline/runtime/progress.py", "pipeline/commands/summary.py",
    "pipeline/runtime/logs.py", "pipeline/storage/database.py", "pipeline/storage/publication.py",
    "pipeline/sources/feeds/deadline.py", "pipeline/extraction/llm/pace.py",
}  # fmt: skip

READING_ORDER = [
    {"user_lists"},
    {"text"},
    {"view"},
    {"quantities"},
    {"time"},
    {"places", "violence"},
    {"actors", "conjuncts"},
    {"mention_fields"},
    {"overlaps", "cuts", "armed_deeds"},
    {"document"},
    {"rules.statements"},
    {"rules.incidents"},
    {"rules.extractor"},
]
"""The folders of extraction in the order of reading: each imports from itself and from earlier ones."""


def tree_of(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imports_of(module: str) -> set[str]:
    """The first names of everything that a module imports, at any place in it."""
    return {name.split(".")[0] for name in modules_imported_by(module)}


def modules_imported_by(module: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names.add(node.module or "")
    return names


def calls_in(module: str) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Attribute):
            yield ".".join(ast.unparse(node).split(".")[-2:])


@pytest.mark.parametrize("module", MODULES)
def test_layers(module: str) -> None:
    imported = imports_of(module)
    if module in BEAM:
        assert "apache_beam" in imported
    elif not module.endswith("/transform.py"):
        assert "apache_beam" not in imported
    if module not in DUCKDB and (not module.startswith(READS_DATABASES) or module in PLAIN):
        assert "duckdb" not in imported
    if module.startswith("schemas/"):
        assert not imported & {"apache_beam", "duckdb", "pipeline", "tests"}
    assert "tests" not in imported


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("pipeline/")])
def test_rooms_import_downwards(module: str) -> None:
    room = room_of(module.removesuffix(".py").replace("/", "."))
    others = {room_of(name) for name in modules_imported_by(module) if name.startswith("pipeline.")}
    assert others - {room} <= ROOMS.get(room, set(ROOMS))


def room_of(name: str) -> str:
    return name.split(".")[1]


@pytest.mark.parametrize("module", sorted(set(MODULES) - MAY_ASK_THE_TIME))
def test_time_is_an_argument(module: str) -> None:
    assert not CLOCKS & set(calls_in(module))
    assert not {"time", "random", "uuid"} & imports_of(module)


@pytest.mark.parametrize("module", [module for module in MODULES if module.endswith("transform.py")])
def test_beam_sees_the_types(module: str) -> None:
    assert "__future__" not in imports_of(module)


def folder_of(module: str) -> str | None:
    """Return the folder of a module of extraction ("text", "rules.statements"), None for one without a level."""
    parts = module.split(".")[2:]
    room = ".".join(parts[:2] if parts[:1] == ["rules"] else parts[:1])
    return room if any(room in level for level in READING_ORDER) else None


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("pipeline/extraction/")])
def test_reading_goes_one_way(module: str) -> None:
    mine = folder_of(module.removesuffix(".py").replace("/", "."))
    if mine is None:
        return
    level = next(number for number, rooms in enumerate(READING_ORDER) if mine in rooms)
    allowed = set().union(*READING_ORDER[:level], {mine})
    assert {
        folder_of(name) for name in modules_imported_by(module) if name.startswith("pipeline.extraction.")
    } <= allowed


def test_every_room_of_the_order_is_there() -> None:
    rooms = {folder_of(module.removesuffix(".py").replace("/", ".")) for module in MODULES if "/extraction/" in module}
    assert rooms - {None} == set().union(*READING_ORDER)
