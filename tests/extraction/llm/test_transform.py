import pickle
from datetime import date
from pathlib import Path

import pytest

from pipeline.extraction.llm.preparation import preparation_of
from pipeline.extraction.llm.transform import AskModel
from schemas import Article
from tests.support.beam import create, keep, ordered, pipeline
from tests.support.model_answers import GOOD, TEXT, options
from tests.support.model_server import Said, answering
from tests.support.records import article

ARTICLES = [article(f"{TEXT} No. {n}.", f"{n}.txt", date(2023, 11, 8)) for n in range(12)]


def test_what_goes_to_workers_has_no_key_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-sent-along")
    preparation = preparation_of(options("http://127.0.0.1:1/v1"), tmp_path / "answers.sqlite")
    preparation.asker()
    sent = pickle.dumps(preparation)
    assert pickle.loads(sent) == preparation  # noqa: S301  # our own
    assert b"never-sent" not in sent


def test_all_articles_go_on_and_few_are_asked_about_at_once(tmp_path: Path) -> None:
    def says(call: object, number: int) -> Said:
        return Said(GOOD, wait_seconds=0.05) if number % 4 else Said(status=400)

    with answering(says) as server:
        preparation = preparation_of(options(server.url, concurrency=3), tmp_path / "answers.sqlite")
        with pipeline() as root:
            asked = create(root, "Articles", Article, ARTICLES) | AskModel(preparation)
            articles, rejects = keep(asked.articles), keep(asked.rejects)
    assert ordered(articles) == ordered(ARTICLES)
    assert len(rejects) == 3
    assert len(server.calls) == 12
    assert 1 < server.most_at_once <= 3
