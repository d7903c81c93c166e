"""A language model as the reader, as a shell sees it: what is stored, asked, paid for and said."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.cli import main
from pipeline.commands.summary import summarise
from pipeline.errors import ModelRefusedError
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from tests.support.databases import contents, rows
from tests.support.model_answers import GOOD, TEXT, answer, options, quote, report
from tests.support.model_server import Call, ModelServer, Said, always, answering

KEY = "sk-never-to-be-seen"
NUMBERS = range(4)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    lines = [{"id": f"n{n}", "published_at": "2023-11-08", "text": f"{TEXT} That was report {n}."} for n in NUMBERS]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def asked(server: ModelServer) -> list[str]:
    """The commands' options for a model."""
    return ["--extractor", "llm", "--llm-model", "test-model", "--llm-base-url", server.url, "--llm-concurrency", "1"]


def run(news: Path, database: Path, server: ModelServer, **own: Any) -> str:
    """Run the pipeline and return its summary."""
    reading = ReadOptions(inputs=(str(news),), extractor="llm", own=options(server.url, concurrency=1, **own))
    return summarise(database, launcher.run(RunOptions(reading=reading, output=database)))


def test_a_run_again_asks_nothing_and_changes_nothing(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENT_STREAM_LLM_KEY", KEY)
    one, other = tmp_path / "one.duckdb", tmp_path / "other.duckdb"
    with answering(always(Said(GOOD))) as server:
        assert "4 articles read by the model: 4 requests, 4,800 tokens" in run(news, one, server)
        run(news, other, server, cache=Path(f"{one}.answers.sqlite"))
        assert len(server.calls) == len(NUMBERS)
    assert contents(other) == contents(one)
    counted = "llm_articles, llm_requests, llm_prompt_tokens, llm_fallbacks, llm_quotes_dropped, llm_reports_dropped"
    assert rows(one, f"SELECT extractor, {counted} FROM runs") == [("llm", 4, 4, 4_000, 0, 0, 0)]
    assert rows(other, f"SELECT extractor, {counted} FROM runs") == [("llm", 4, 0, 0, 0, 0, 0)]
    assert rows(one, "SELECT DISTINCT extractor FROM mentions") == [("llm",)]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]


@pytest.mark.slow
def test_a_kill_loses_no_answer_that_was_paid_for(news: Path, tmp_path: Path) -> None:
    """With one request at a time, whoever asks for the third answer has the first two."""

    def says(call: Call, number: int) -> Said:
        return Said(GOOD, wait_seconds=60 if number == 2 else 0)

    cache = ["--llm-cache", str(tmp_path / "answers.sqlite")]
    with answering(says) as server:
        command = [sys.executable, "-m", "pipeline", "extract", str(news), *asked(server), *cache]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while len(server.calls) < 3 and process.poll() is None:
                time.sleep(0.02)
            os.kill(process.pid, signal.SIGKILL)
        server.says = always(Said(GOOD))
        assert main(["extract", str(news), *asked(server), *cache]) == 0
        assert [call.user[-2] for call in server.calls] == ["0", "1", "2", "2", "3"]


def test_a_refusal_ends_the_run_and_the_key_is_shown_nowhere(
    news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    with answering(always(Said(status=401, body=f"wrong key: {KEY}"))) as server:
        with pytest.raises(ModelRefusedError, match="status 401"):
            run(news, tmp_path / "out.duckdb", server)
        assert main(["extract", str(news), *asked(server), "--llm-cache", str(tmp_path / "answers")]) == 1
        assert {call.headers["Authorization"] for call in server.calls} == {f"Bearer {KEY}"}
    printed = capsys.readouterr()
    assert "refuses to answer (status 401" in printed.err
    assert KEY not in printed.err + printed.out + caplog.text
    assert not (tmp_path / "out.duckdb").exists()


@pytest.mark.slow
def test_what_the_rules_read_instead_and_why_is_told(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.duckdb"

    def says(call: Call, number: int) -> Said:
        return Said(GOOD) if "report 0" in call.user else Said("I will not.")

    with answering(says) as server:
        summary = run(news, out, server, budget=5_500, max_answer=500)
    (counted,) = rows(out, "SELECT llm_articles, llm_fallbacks, llm_over_budget, llm_requests FROM runs")
    assert counted == (1, 3, 2, 4)
    assert "3 articles not read by it, 2 because the budget was reached" in summary
    (reject,) = rows(out, "SELECT stage, ref, reason FROM rejects")
    assert reject[:2] == ("extraction", "n1")
    assert "its answer cannot be used" in reject[2]
    assert rows(out, "SELECT extractor, count(*) FROM mentions GROUP BY ALL ORDER BY ALL") == [("llm", 2), ("rules", 6)]


def test_an_estimate_asks_nothing(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(always(Said(GOOD))) as server:
        for command in (["run", str(news), "--output", str(tmp_path / "out.duckdb")], ["extract", str(news)]):
            assert main([*command, *asked(server), "--llm-estimate", "--llm-max-answer", "500"]) == 0
            told = capsys.readouterr().out
            assert "would be asked about 4 articles: some " in told
            assert "up to 2,000 out; 0 answers are kept" in told
        assert server.calls == []
    assert not (tmp_path / "out.duckdb").exists()


UKRAINIAN = (
    "У середу російські війська атакували Харків дронами, повідомила поліція. Загинули троє людей, ще семеро поранені. "
    "Рятувальники продовжують розбирати завали на місці удару, кажуть у міській раді."
)


@pytest.mark.slow
def test_articles_that_are_set_aside_today_can_be_given_to_the_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(UKRAINIAN, encoding="utf-8")
    out = tmp_path / "out.duckdb"
    where = quote(1, "Харків", "where", "Kharkiv, Ukraine")
    said = answer(report(quote(1, "атакували Харків дронами", english="attacked Kharkiv with drones"), where))
    with answering(always(Said(said))) as server:
        run(tmp_path / "a.txt", out, server, only_languages=("ar", "uk"))
    assert rows(out, "SELECT language FROM articles") == [("uk",)]
    assert rows(out, "SELECT place_text, country FROM mentions") == [("Харків", "UKR")]
    query = "SELECT quote, translation FROM evidence WHERE field = 'place_name'"
    assert rows(out, query) == [("Харків", "Kharkiv, Ukraine")]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--extractor", "llm"], "--llm-model"),
        (["--llm-model", "m"], "needs --extractor llm"),
        (["--encoder", "--extractor", "llm", "--llm-model", "m"], "--encoder means"),
        (["--extractor", "llm", "--llm-model", "m", "--llm-base-url", "localhost"], "--llm-base-url must begin with"),
        (["--extractor", "llm", "--llm-model", "m", "--llm-budget", "0"], "--llm-budget must be more than 0"),
        (["--extractor", "llm", "--llm-model", "m", "--llm-parameters", "[1]"], "--llm-parameters"),
        (["--extractor", "llm", "--llm-model", "m", "--llm-parameters", "{"], "--llm-parameters"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    news: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert main(["extract", str(news), *arguments]) == 2
    assert problem in capsys.readouterr().err
