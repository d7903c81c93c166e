from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from pipeline.run.options import FeedOptions, ReadOptions, RunOptions

READING = ReadOptions(inputs=("news",))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"max_article_mb": 0}, "--max-article-mb"),
        ({"max_article_mb": -1.5}, r"-1\.5"),
        ({"places": Path("nowhere.csv")}, "--places nowhere.csv"),
        ({"actors": Path("nowhere.csv")}, "--actors nowhere.csv"),
        ({"actors": Path()}, "no such file"),
    ],
)
def test_what_cannot_be_read_is_refused(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        ReadOptions(**{"inputs": ("news",)} | fields)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"window_days": 0}, "--window-days"),
        ({"wait_seconds": -1.0}, "--wait"),
        ({"staging": Path("nowhere")}, "--staging nowhere"),
    ],
)
def test_what_cannot_be_run_is_refused(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        RunOptions(**{"reading": READING, "output": Path("out.duckdb")} | fields)


def test_what_can_be_meant_is_taken(tmp_path: Path) -> None:
    extra = tmp_path / "extra.csv"
    extra.touch()
    assert (
        ReadOptions(inputs=("news",), max_article_mb=0.5, places=extra, actors=extra).limits.max_article_bytes
        == 500_000
    )
    assert RunOptions(reading=READING, output=Path("out.duckdb"), staging=tmp_path, window_days=1).wait_seconds == 0


def test_options_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        READING.max_article_mb = 1  # type: ignore[misc]


def test_a_run_has_a_folder_of_its_own(tmp_path: Path) -> None:
    beside = RunOptions(reading=READING, output=tmp_path / "out.duckdb")
    assert beside.run_folder == tmp_path / "out.duckdb.run"
    elsewhere = RunOptions(reading=READING, output=Path("out.duckdb"), staging=tmp_path)
    assert elsewhere.run_folder == tmp_path / "out.duckdb.run"
    assert RunOptions(reading=READING, output=Path("out.duckdb")).run_folder == Path.cwd() / "out.duckdb.run"


def test_there_must_be_something_to_read(tmp_path: Path) -> None:
    nothing = ReadOptions(inputs=())
    with pytest.raises(ValueError, match="no INPUT"):
        RunOptions(reading=nothing, output=tmp_path / "o.duckdb")
    listing = tmp_path / "feeds.txt"
    listing.touch()
    assert RunOptions(reading=nothing, output=tmp_path / "o.duckdb", feeds=FeedOptions(listing)).feeds


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"path": Path("nowhere.txt")}, "--feeds nowhere.txt"),
        ({"timeout_seconds": 0}, "--feed-timeout"),
        ({"max_mb": -1}, "--max-feed-mb"),
        ({"contact": "me\r\nX-Evil: 1"}, "--contact"),
        ({"contact": "müller"}, "--contact"),
    ],
)
def test_feeds_that_cannot_be_polled_are_refused(fields: dict[str, Any], problem: str, tmp_path: Path) -> None:
    listing = tmp_path / "feeds.txt"
    listing.touch()
    with pytest.raises(ValueError, match=problem):
        FeedOptions(**{"path": listing} | fields)


def test_servers_are_told_who_asks(tmp_path: Path) -> None:
    listing = tmp_path / "feeds.txt"
    listing.touch()
    assert FeedOptions(listing).policy.agent.startswith("incident-stream/")
    assert FeedOptions(listing, contact="https://me.example/").policy.agent.endswith("(+https://me.example/)")
