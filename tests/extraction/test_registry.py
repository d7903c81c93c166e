import json
from pathlib import Path

import pytest

from pipeline.commands.cli import main
from pipeline.extraction.registry import DEFAULT, EXTRACTORS, offer_of
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import rows
from tests.support.toy_extractor import ToyOptions


@pytest.mark.parametrize("name", EXTRACTORS)
def test_every_extractor_goes_by_its_name(name: str) -> None:
    assert offer_of(name).name == name


def test_the_rules_read_where_nobody_is_chosen() -> None:
    assert DEFAULT == "rules"


def test_an_extractor_is_added_with_its_own_file_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EXTRACTORS, "toy", "tests.support.toy_extractor")  # the one line

    news, out = tmp_path / "news.jsonl", tmp_path / "out.duckdb"
    news.write_text('{"id": "n", "text": "There was a raid on the post."}', encoding="utf-8")
    assert main(["extract", str(news), "--extractor", "toy", "--toy-word", "raid"]) == 0
    assert json.loads(capsys.readouterr().out)["evidence"][0]["quote"] == "raid"
    assert main(["extract", str(news), "--extractor", "toy"]) == 0
    assert capsys.readouterr().out == ""
    launcher.run(RunOptions(ReadOptions((str(news),), extractor="toy", own=ToyOptions("raid")), out))
    assert rows(out, "SELECT extractor, extractor_version, llm_articles FROM runs") == [("toy", "1", None)]
    assert rows(out, "SELECT extractor, event_type FROM mentions") == [("toy", "attack")]
