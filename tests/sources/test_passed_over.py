"""What lies in an input folder and is not read: named, counted, and never waited for."""

import os
import socket
from pathlib import Path

import pytest

from pipeline.errors import NotAFileError
from pipeline.sources.passed_over import folders_of, is_of_a_run, unread_in
from pipeline.sources.reader import MOST_ALIKE, check_is_file


def reasons(folder: Path) -> dict[str, str]:
    return {Path(each.ref).name: each.reason for each in unread_in([str(folder)]).rejects}


def test_what_is_of_another_kind_is_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "B.HTML", "c.odt", "d.ODT", "deep/e.xlsx", "deep/f.md", "deep/g.png", "Makefile"):
        (tmp_path / name).touch()
    unread = unread_in([str(tmp_path), f"{tmp_path}/deep"])
    assert unread.kinds == {".odt": 2, ".xlsx": 1, ".md": 1, ".png": 1, "without a suffix": 1}
    assert sorted(Path(each.ref).name for each in unread.rejects) == [
        "Makefile",
        "c.odt",
        "d.ODT",
        "e.xlsx",
        "f.md",
        "g.png",
    ]
    assert all("ends in no suffix that can be read" in each.reason for each in unread.rejects)


def test_links_that_lead_nowhere_and_what_is_no_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "good.txt").write_text("words")
    (tmp_path / "also-good.txt").symlink_to("good.txt")
    os.mkfifo(tmp_path / "pipe")
    assert reasons(tmp_path).keys() == {"gone.txt", "round", "pipe"}
    assert "a link to 'nowhere.txt', which is not there" in reasons(tmp_path)["gone.txt"]
    assert "a named pipe" in reasons(tmp_path)["pipe"]


def test_of_many_alike_a_hundred_are_named(tmp_path: Path) -> None:
    for number in range(MOST_ALIKE + 23):
        (tmp_path / f"{number}.odt").touch()
    unread = unread_in([str(tmp_path)])
    assert len(unread.rejects) == MOST_ALIKE + 1
    assert unread.rejects[-1].reason.startswith("23 more files that are not read (.odt)")


def test_databases_hidden_files_and_runs_are_not_mentioned(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb.run" / "staged").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    names = (
        "README.md",
        "Readme",
        "LICENSE",
        "notice.rst",
        "x.duckdb",
        "x.duckdb.lock",
        "x.duckdb.new",
        "x.duckdb.run/staged/rejects-1",
        ".git/config",
        ".DS_Store",
    )
    for name in names:
        (tmp_path / name).touch()
    assert reasons(tmp_path) == {}


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("x.duckdb.run/staged/mentions-00000-of-00001.parquet", True),
        ("/data/any name.run/workspace/articles.parquet", True),
        ("C:\\data\\x.run\\linked\\a.parquet", True),
        ("x.duckdb.run/notes.txt", False),
        ("marathon.run/results/a.txt", False),
        ("staged/a.parquet", False),
    ],
)
def test_files_of_runs_are_known(path: str, ours: bool) -> None:
    assert is_of_a_run(path) is ours


def test_folders_are_told_from_globs_and_addresses(tmp_path: Path) -> None:
    inputs = [str(tmp_path), f"{tmp_path}/*.txt", "gs://bucket/", "", "nowhere"]
    assert folders_of(inputs) == [str(tmp_path)]


def test_what_would_be_waited_for_for_ever_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(NotAFileError, match="a named pipe"):
        check_is_file(str(tmp_path / "pipe.txt"))
    with pytest.raises(NotAFileError, match="a device"):
        check_is_file("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        with pytest.raises(NotAFileError, match="a socket"):
            check_is_file(str(tmp_path / "socket.txt"))
    for fine in (str(tmp_path), "gs://bucket/a.txt", str(tmp_path / "not there")):
        check_is_file(fine)
