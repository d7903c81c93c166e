import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from apache_beam.typehints.decorators import TypeCheckError

from pipeline.errors import NotAnInputError
from pipeline.runtime.progress import Meter, read_totals
from pipeline.sources.parts import PART_BYTES
from pipeline.sources.streams import Limits
from pipeline.sources.transform import DropKnown, ReadArticles, matched_files, read_files
from pipeline.storage.exports import export_articles
from schemas import Article, Mention, Reject
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.records import article
from tests.support.staging import run


def known_in(folder: Path, *articles: Article) -> str:
    """Where the ids of the articles of an earlier run are exported."""
    database = folder / "incidents.duckdb"
    if articles:
        run(database, folder / "earlier", *articles)
    (folder / "workspace").mkdir()
    return export_articles(database, folder / "workspace")


def new_among(known: str, *articles: Article) -> list[Article]:
    with pipeline() as root:
        kept = keep(create(root, "Articles", Article, articles) | DropKnown(known))
    return list(kept)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "the [news]"
    folder.mkdir()
    (folder / "a.txt").write_text("A drone hit the northern fence.")
    (folder / "b.TXT").write_text("   ")
    (folder / "c.jsonl").write_text('{"text": "Two guards were hurt."}\n{"id": 1}\nnot JSON\n')
    (folder / "d.pdf").write_bytes(b"%PDF-1.7")
    return folder


def read(*patterns: str, limits: Limits = Limits(), meter: Meter = Meter(None)) -> tuple[list[Article], list[Reject]]:  # noqa: B008  # both without state
    with pipeline() as root:
        found = root | ReadArticles(list(patterns), limits, meter)
        articles, rejects = keep(found.articles), keep(found.rejects)
    return articles, rejects


PATTERN = "/the [\\[]news]/*"


def test_files_are_articles_and_rejects(news: Path, tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    progress.mkdir()
    articles, rejects = read(f"{tmp_path}{PATTERN}", f"{news.parent}/t*/a.txt", meter=Meter(str(progress)))
    assert sorted(each.text for each in articles) == ["A drone hit the northern fence.", "Two guards were hurt."]
    assert {each.source for each in articles} == {"the [news]"}
    assert sorted(Path(each.ref).name for each in rejects) == ["b.TXT", "c.jsonl:2", "c.jsonl:3", "d.pdf"]
    assert all(each.fetched_at == modified(news / each.ref.split(":")[0]) for each in articles)
    assert read_totals(progress) == {"articles": 2, "rejects": 4}


def modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)


def test_a_pipeline_reads_what_is_read_without_one(news: Path, tmp_path: Path) -> None:
    plain = list(read_files(matched_files([f"{tmp_path}{PATTERN}"]), Limits()))
    articles, rejects = read(f"{tmp_path}{PATTERN}")
    assert ordered([*articles, *rejects]) == ordered(plain)


def test_a_large_file_is_read_in_parts_under_the_same_numbers(tmp_path: Path) -> None:
    filler = "x" * 100_000
    lines = (json.dumps({"text": f"Outpost {number}.", "filler": filler}) for number in range(400))
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, "not JSON", '{"text": "The last."}']))
    (file,) = matched_files([f"{tmp_path}/a.jsonl"])
    assert file.size_in_bytes > 2 * PART_BYTES
    articles, rejects = read(f"{tmp_path}/*")
    assert [each.ref for each in rejects] == [f"{file.path}:401"]
    assert ordered([*articles, *rejects]) == ordered(read_files([file], Limits()))


def test_limits_are_kept(news: Path) -> None:
    articles, rejects = read(f"{news.parent}/*/a.txt", f"{news.parent}/*/none.txt", limits=Limits(max_article_bytes=10))
    assert articles == []
    assert ["10 bytes" in each.reason for each in rejects] == [True]


def test_the_known_are_dropped(tmp_path: Path) -> None:
    nameless = article("Text of a line.", "lines.jsonl:1").model_copy(update={"name": None})
    known, new = article("Known.", "known.txt"), article("New.", "new.txt")
    assert new_among(known_in(tmp_path, known, nameless), known, new, nameless) == [new]


def test_before_the_first_run_all_are_new(tmp_path: Path) -> None:
    articles = [article("One.", "one.txt"), article("Other.", "other.txt")]
    assert ordered(new_among(known_in(tmp_path), *articles)) == ordered(articles)


@pytest.mark.parametrize("kind", [Mention, Reject])
def test_only_articles_can_be_known(kind: type) -> None:
    values = create(pipeline(), "Create", kind, [])
    with pytest.raises(TypeCheckError):
        _ = values | DropKnown("articles.parquet")


def test_files_that_runs_stage_are_no_inputs(news: Path) -> None:
    staged = news / "x.duckdb.run" / "staged"
    staged.mkdir(parents=True)
    (staged / "rejects-0.txt").write_text("Two outposts.", encoding="utf-8")
    before = {file.path for file in matched_files([f"{news}/*.txt"])}
    assert {file.path for file in matched_files([f"{news}/**.txt"])} == before
    articles, rejects = read(f"{news}/**.txt")
    assert not [each for each in (*articles, *rejects) if "staged" in each.ref]


@pytest.mark.parametrize("pattern", ["sftp://host/a.txt", "hdfs://host/a.txt", "gs://bucket/a.txt"])
def test_what_is_on_no_file_system_is_told(pattern: str) -> None:
    with pytest.raises(NotAnInputError, match=pattern):
        matched_files([pattern])
