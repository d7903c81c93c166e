from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from pipeline.errors import NoInputError
from pipeline.run.inputs import patterns_of
from pipeline.sources.transform import matched_files

FILES = (
    "a.txt", "b.TXT", "c.html", "d.Htm", "e.jsonl", "f.JSONL.GZ", "notes.md", "txt", "x.txt.bak",
    "deep/er/g.txt", "deep/[2023] news?*.txt", "deep/[old]/h.txt",
)  # fmt: skip
READ = {name for name in FILES if not name.endswith((".md", ".bak")) and name != "txt"}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "the [news]"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def found(news: Path, *inputs: str | Path) -> set[str]:
    """The files that inputs stand for, relative to the folder."""
    matched = matched_files(patterns_of([str(each) for each in inputs], matched_files))
    return {str(Path(file.path).relative_to(news)) for file in matched}


def test_a_folder_stands_for_all_that_can_be_read_in_it(news: Path) -> None:
    assert found(news, news) == READ
    assert found(news, f"{news}/") == READ
    assert found(news, news / "deep") == {name for name in READ if name.startswith("deep/")}


def test_the_folder_may_be_where_we_are(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news / "deep" / "er")
    for here in (".", "./", "../er"):
        assert [Path(file.path).name for file in matched_files(patterns_of([here], matched_files))] == ["g.txt"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_stands_for_itself(name: str, news: Path) -> None:
    assert found(news, news / name) == {name}


def test_anything_else_is_a_pattern(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    patterns = patterns_of(["*.[th]*", "d*/er/*", "./e*"], matched_files)
    names = [Path(file.path).name for file in matched_files(patterns)]
    assert sorted(names) == ["a.txt", "c.html", "e.jsonl", "g.txt", "x.txt.bak"]


def test_odd_names_are_found_from_beside_them(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news / "deep")
    for given, name in (("[2023] news?*.txt", "[2023] news?*.txt"), ("[old]", "h.txt"), ("[old]/", "h.txt")):
        assert [Path(file.path).name for file in matched_files(patterns_of([given], matched_files))] == [name]


@pytest.mark.parametrize("given", ["none.txt", "*.pdf", "none/", "empty", "deep/er/[g.txt"])
def test_an_input_that_matches_nothing_is_told(given: str, news: Path) -> None:
    (news / "empty").mkdir()
    with pytest.raises(NoInputError) as caught:
        found(news, news / "a.txt", f"{news}/{given}")
    assert caught.value.pattern == f"{news}/{given}"


def test_an_empty_input_is_not_the_whole_disk() -> None:
    with pytest.raises(NoInputError):
        patterns_of([""], matched_files)


def test_what_is_named_twice_is_read_once(news: Path) -> None:
    assert len(patterns_of([str(news / "a.txt")] * 2, matched_files)) == 1
    both = matched_files(patterns_of([str(news / "a.txt"), str(news)], matched_files))
    assert len(both) == len(READ)


def test_other_file_systems_are_asked_as_they_are() -> None:
    asked: list[str] = []

    def matches(patterns: Iterable[str]) -> Sequence[object]:
        asked.extend(patterns)
        return ["something"]

    assert patterns_of(["gs://bucket/2023-*.jsonl.gz"], matches) == ("gs://bucket/2023-*.jsonl.gz",)
    assert "gs://bucket/news/**.[tT][xX][tT]" in patterns_of(["gs://bucket/news/"], matches)
    assert all(pattern.startswith("gs://bucket/") for pattern in asked)
