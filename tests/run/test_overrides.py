"""The file of rulings: what is read, what is refused and how, and that runs respect it."""

import json
from pathlib import Path

import pytest

from pipeline.errors import OverridesError
from pipeline.linking.rulings import Ruling
from pipeline.run.overrides import read_overrides
from tests.commands.test_cli import pipeline
from tests.support.databases import contents, rows

ONE, TWO, THREE = ("m-" + digit * 24 for digit in "123")
TEXTS = {
    "a": "A car bomb killed four people in Kirkuk, Iraq, on Tuesday, police said.",
    "b": "A roadside bomb killed four people in Baghdad, Iraq, on Tuesday, police said.",
    "c": "A bomb in a car killed four people in Kirkuk, Iraq, on Tuesday, officials said.",
}


def written(folder: Path, text: str) -> Path:
    path = folder / "links.toml"
    path.write_text(text, encoding="utf-8")
    return path


def ids(*names: str) -> str:
    return f"ids = {json.dumps(names)}\n"


def test_rulings_are_read(tmp_path: Path) -> None:
    text = f'# who said so\n[[merge]]\n{ids(ONE, TWO)}note = "one blast"\n\n[[apart]]\n{ids(ONE, THREE)}'
    found = read_overrides(written(tmp_path, text))
    assert found.merge == (Ruling(ids=(ONE, TWO), note="one blast"),)
    assert found.apart == (Ruling(ids=(ONE, THREE)),)
    assert found.ids == {ONE, TWO, THREE}


def test_an_empty_file_rules_nothing(tmp_path: Path) -> None:
    assert read_overrides(written(tmp_path, "# nothing yet\n")).ids == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[merge]\n", "line 1"),
        (f"[[merge]]\n{ids(ONE, TWO)}\n[[merge]]\n{ids(ONE, 'm-xyz')}", "line 4, merge[2].ids[2]: "),
        (f"\n\n[[apart]]\n{ids(ONE)}", "line 3, apart[1].ids: "),
        (f"[[merge]]\n{ids(ONE, TWO)}because = 'x'\n", "line 1, merge[1].because: "),
        (f"[[merge]]\n{ids(ONE, ONE)}", "line 1, merge[1]: "),
        ("[[part]]\n", "line 1, part: "),
        ("merge = 7\n", "merge: "),
        (f"[[merge]]\n{ids(ONE, TWO)}[[apart]]\n{ids(ONE, TWO)}", "apart[1] holds"),
    ],
)
def test_an_error_names_the_line_and_the_key(text: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(OverridesError) as caught:
        read_overrides(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OverridesError):
        read_overrides(path)


def incidents(database: Path) -> set[frozenset[str]]:
    query = "SELECT string_agg(ref, ' ') FROM incident_mentions JOIN mentions USING (mention_id) GROUP BY incident_id"
    return {frozenset(refs.split()) for (refs,) in rows(database, query)}


@pytest.mark.slow
def test_runs_respect_the_rulings_that_they_are_given(tmp_path: Path) -> None:
    news, output = tmp_path / "news.jsonl", tmp_path / "incidents.duckdb"
    articles = (
        {"id": name, "published_at": "2023-11-09", "source": name, "text": text} for name, text in TEXTS.items()
    )
    news.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    assert pipeline("run", news, "--output", output).returncode == 0
    assert incidents(output) == {frozenset("ac"), frozenset("b")}
    plain = contents(output, "incident_revisions")

    mention = dict(rows(output, "SELECT ref, mention_id FROM mentions"))
    founder = f"SELECT incident_id FROM incident_mentions WHERE mention_id = '{mention['b']}'"
    (incident,) = rows(output, founder)
    text = f"[[merge]]\n{ids(incident[0], mention['a'])}note = 'one cell'\n[[apart]]\n{ids(mention['a'], mention['c'])}"
    links = written(tmp_path, text)
    done = pipeline("run", news, "--output", output, "--overrides", links)
    assert (done.returncode, done.stderr) == (0, "")
    assert incidents(output) == {frozenset("ab"), frozenset("c")}
    reasons = rows(output, f"SELECT group_reasons FROM incident_mentions WHERE mention_id = '{mention['b']}'")
    assert reasons == [(["put together by an analyst: one cell"],)]

    ruled = contents(output)
    assert pipeline("run", news, "--output", output, "--overrides", links).returncode == 0
    assert contents(output) == ruled

    assert pipeline("run", news, "--output", output).returncode == 0
    assert contents(output, "incident_revisions") == plain


def test_rulings_that_contradict_one_another_exit_2_and_change_nothing(tmp_path: Path) -> None:
    news, output = tmp_path / "news.jsonl", tmp_path / "incidents.duckdb"
    articles = ({"id": name, "published_at": "2023-11-09", "text": TEXTS[name]} for name in "ab")
    news.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    assert pipeline("run", news, "--output", output).returncode == 0
    before = contents(output)
    (one, incident), (two, _) = rows(output, "SELECT mention_id, incident_id FROM incident_mentions ORDER BY ALL")
    links = written(tmp_path, f"[[merge]]\n{ids(incident, two)}[[apart]]\n{ids(one, two)}")
    done = pipeline("run", news, "--output", output, "--overrides", links)
    assert (done.returncode, contents(output)) == (2, before)
    assert f"--overrides {links}: " in done.stderr
    assert "which merge puts together" in done.stderr


def test_a_ruling_on_what_is_not_there_is_said(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "published_at": "2023-11-09", "text": TEXTS["a"]}), encoding="utf-8")
    links = written(tmp_path, f"[[merge]]\n{ids(ONE, TWO)}")
    done = pipeline("run", news, "--output", tmp_path / "o.duckdb", "--overrides", links)
    assert done.returncode == 0
    assert ONE in done.stderr
    assert TWO in done.stderr


@pytest.mark.parametrize("text", [None, "[[merge]]\n"])
def test_a_file_that_cannot_be_meant_exits_2_and_changes_nothing(text: str | None, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps({"id": "a", "text": TEXTS["a"]}), encoding="utf-8")
    if text is not None:
        written(tmp_path, text)
    done = pipeline("run", news, "--output", tmp_path / "o.duckdb", "--overrides", tmp_path / "links.toml")
    assert done.returncode == 2
    assert "--overrides" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "o.duckdb").exists()
