"""What a person reads who gives a command what it cannot use: the right words, and where; exit status 2."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.commands import cli
from pipeline.storage.database import connect
from pipeline.storage.schema import create_schema

ATTACK = "Two rockets hit a base near Kirkuk, Iraq, on Wednesday, wounding three soldiers, the army said."
PLACES = "name,aliases,type,admin1,country,lat,lon,precision\n"
ACTORS = "actor_id,name,aliases,type,parent,country\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with all that can be wrong."""
    record = {"id": "n1", "published_at": "2023-11-09", "text": ATTACK}
    (tmp_path / "news.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "README.md").write_text("# no database\n", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("gone.txt")
    with connect(tmp_path / "ours.duckdb") as connection:
        create_schema(connection)
    with duckdb.connect(str(tmp_path / "foreign.duckdb")) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 42 AS answer")
    lists = {
        "places.csv": PLACES + "# mine\nA,,city,,India,133,3,locality\nB,,hous,,IND,1,,\nC,x\n",
        "columns.csv": "name,lat\nA,1\n",
        "precise.csv": PLACES + "A,,city,,IND,1,1,very\n",
        "actors.csv": ACTORS + ",Front,,gang,,\n",
        "feeds.txt": "htp:/x\n",
        "typo.toml": '\n[[merges]]\nids = ["m-1", "m-2"]\n',
        "key.toml": '[[merge]]\nidz = ["m-1", "m-2"]\n',
        "syntax.toml": "[[merge]]\nids = [\n",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes(PLACES.encode() + "Á,,city,,IND,1,1,\n".encode("latin-1"))
    return tmp_path


RUN = ["run", "{here}/news.jsonl", "--db", "{here}/o.duckdb"]
WRONG: list[tuple[list[str], list[str]]] = [
    (["sql", "SELECT 1", "--db", "{here}/README.md"], ["README.md", "is not a DuckDB file"]),
    (["sql", "", "--db", "{here}/ours.duckdb"], ["no answer to ''", "SELECT"]),
    (["sql", "SELEC 1", "--db", "{here}/ours.duckdb"], ["syntax error"]),
    (["sql", "SELECT 1", "--db", "{here}/none.duckdb"], ["there is no database", "--db"]),
    (["sql", "SELECT 1", "--db", "{here}"], ["is not a DuckDB file"]),
    (["why", "i-1", "--db", "{here}/foreign.duckdb"], ["foreign.duckdb", "of another program"]),
    (["why", "i-1", "--db", "{here}/ours.duckdb"], ["there is no incident 'i-1'"]),
    (["run", "{here}/news.jsonl", "--db", "{here}/foreign.duckdb"], ["of another program"]),
    (["run", "{here}/news.jsonl", "--db", "{here}/none/o.duckdb"], ["its folder does not exist"]),
    (["run", "{here}/news.jsonl", "--db", "/proc/o.duckdb"], ["/proc"]),
    (["run", "https://news.example.org/story", "--db", "{here}/o.duckdb"], ["https://", "--feeds"]),
    (["extract", "HTTP://news.example.org/story"], ["HTTP://", "--feeds"]),
    (["extract", "sftp://host/story.txt"], ["sftp://host/story.txt", "cannot be read"]),
    (["extract", "{here}/link.txt"], ["link.txt", "is a link to 'gone.txt'", "not there"]),
    (["extract", "{here}/nothing.txt"], ["no input found", "nothing.txt"]),
    (["extract", ""], ["no input found for ''"]),
    ([*RUN, "--places", "{here}/places.csv"], ["--places", "line 3, country 'India'", "India is IND"]),
    ([*RUN, "--places", "{here}/places.csv"], ["line 3, lat '133'", "line 4, type 'hous'", "line 5: 2 cells"]),
    ([*RUN, "--places", "{here}/columns.csv"], ["no column aliases, country", "the first row must name"]),
    ([*RUN, "--places", "{here}/precise.csv"], ["line 2, precision 'very'", "'locality'"]),
    ([*RUN, "--places", "{here}/latin.csv"], ["not UTF-8"]),
    (["extract", "{here}/news.jsonl", "--actors", "{here}/actors.csv"], ["line 2, actor_id ''", "type 'gang'"]),
    (["extract", "{here}/news.jsonl", "--actors", "{here}/none.csv"], ["none.csv", "no such file"]),
    (["run", "--feeds", "{here}/feeds.txt", "--db", "{here}/o.duckdb"], ["line 1: 'htp:/x'", "and no file"]),
    ([*RUN, "--overrides", "{here}/typo.toml"], ["typo.toml: line 2, merges", "did you mean merge?"]),
    ([*RUN, "--overrides", "{here}/key.toml"], ["line 1, merge[1].idz", "did you mean ids?"]),
    ([*RUN, "--overrides", "{here}/syntax.toml"], ["syntax.toml", "line"]),
    ([*RUN, "--place", "x"], ["unknown: --place x", "did you mean --places?"]),
    ([*RUN, "--runer", "x"], ["did you mean --runner?"]),
    (["sql", "SELECT 1", "--database", "x"], ["unknown: --database x"]),
    (["why", "i-1", "--outputs", "x"], ["did you mean --output?"]),
    (["watch"], ["--feeds"]),
    (["watch", "--feeds", "{here}/feeds.txt", "--every", "soon"], ["'soon' is no time"]),
    (["sqll", "SELECT 1"], ["sqll", "sql"]),
]  # fmt: skip


def said(arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    given = [argument.format(here=folder) for argument in arguments]
    try:
        status = cli.main(given)
    except SystemExit as error:
        status = int(error.code or 0)
    return status, capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda value: " ".join(value)[-60:])
def test_what_is_wrong_is_said(
    arguments: list[str], words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, printed = said(arguments, folder, capsys)
    assert status == 2, printed
    assert printed.startswith("pipeline: ")
    assert "Traceback" not in printed
    assert [word for word in words if word not in printed] == [], printed
    assert not (folder / "o.duckdb").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize(
    ("close", "words"),
    [
        (lambda here: here.chmod(0o500), ["may not be written by you"]),
        (lambda here: (here / "ours.duckdb").chmod(0o444), ["ours.duckdb", "may not be written by you"]),
        (lambda here: (here / "ours.duckdb").chmod(0o000), ["ours.duckdb", "may not be"]),
    ],
)
def test_permissions_are_named(
    close: Callable[[Path], None], words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    close(folder)
    try:
        status, printed = said(["run", "{here}/news.jsonl", "--db", "{here}/ours.duckdb"], folder, capsys)
    finally:
        folder.chmod(0o700)
    assert status == 2
    assert [word for word in words if word not in printed] == [], printed


def test_a_list_that_is_right_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bom.csv").write_bytes(b"\xef\xbb\xbf" + (PLACES + "Zubq,,city,,IRQ,34.1,41,\n").encode())
    status, printed = said(["extract", "{here}/news.jsonl", "--places", "{here}/bom.csv"], folder, capsys)
    assert (status, printed) == (0, "")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("incident-stream ")
