"""`python -m pipeline why`: what it prints, and what it says to ids that it cannot follow."""

import json
from pathlib import Path

import pytest

from pipeline.commands.why_text import text_of
from pipeline.errors import AmbiguousIncidentError, NoDatabaseError, UnknownIncidentError
from pipeline.linking.rulings import Overrides, Ruling
from pipeline.run import launcher
from pipeline.run.options import ReadOptions, RunOptions
from pipeline.storage.accounts import account_of
from tests.commands.test_cli import pipeline
from tests.support.databases import make_older, rows
from tests.support.news import BASE, news
from tests.support.records import report
from tests.support.workspaces import run as link

PLACE = "at Ain al-Asad air base in Anbar, Iraq"
FIRST = f"Two drones were shot down {PLACE} on Wednesday, wounding one soldier, officials said."
SECOND = f"Three drones attacked US forces {PLACE} on Wednesday, wounding two soldiers, officials said."
OLDER = f"Drones attacked US forces {PLACE} on Wednesday, wounding one soldier, a reporter said."
OTHER = "A car bomb killed four people in Kirkuk, Iraq, on Tuesday, police said."


def run(folder: Path, name: str, *articles: dict[str, str]) -> Path:
    source, database = folder / name, folder / "incidents.duckdb"
    source.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    launcher.run(RunOptions(ReadOptions((str(source),)), database))
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, the second of which brings an older report of the same attack: the first id is superseded."""
    folder = tmp_path_factory.mktemp("why")
    run(
        folder,
        "news.jsonl",
        {"id": "n1", "published_at": "2023-11-10", "source": "wire", "title": "Drones downed", "text": FIRST},
        {"id": "n2", "published_at": "2023-11-11", "source": "post", "text": SECOND},
        {"id": "n3", "published_at": "2023-11-09", "source": "wire", "text": OTHER},
    )
    return run(folder, "more.jsonl", {"id": "n0", "published_at": "2023-11-09", "source": "times", "text": OLDER})


def ids(database: Path, query: str) -> list[str]:
    return [name for (name,) in rows(database, query)]


@pytest.fixture(scope="module")
def survivor(database: Path) -> str:
    return ids(database, "SELECT incident_id FROM incidents WHERE mention_count = 3")[0]


def test_says_who_says_so_and_why(database: Path, survivor: str) -> None:
    text = text_of(account_of(database, survivor))
    assert text.startswith(f"{survivor}: drone_attack, 2023-11-08, Ain al-Asad air base, Al Anbar, IRQ\n")
    assert "3 reports in 3 articles of 3 publishers" in text
    assert "report 2, 2023-11-10, wire: Drones downed" in text
    assert "report 3, 2023-11-11, post: n2" in text
    assert "    first report" in text
    assert "    place: same facility Ain al-Asad air base (+4.0)" in text
    assert "    when: “Wednesday” → 2023-11-08" in text
    assert "wounded: 1– (report 1, 2) / 2– (report 3)" in text or "wounded: 1 (report 1, 2) / 2 (report 3)" in text
    assert text.splitlines()[-1].endswith("run 2: updated; mention_count 2 → 3")


def test_quotes_are_words_of_the_articles(database: Path, survivor: str) -> None:
    texts = dict(rows(database, "SELECT ref, text FROM articles"))
    account = account_of(database, survivor)
    assert [report.mention.ref for report in account.reports] == ["n0", "n1", "n2"]
    for each in account.reports:
        assert each.mention.evidence
        assert all(item.quote in texts[each.mention.ref] for item in each.mention.evidence)


def test_the_beginning_of_an_id_is_enough(database: Path, survivor: str) -> None:
    assert account_of(database, survivor[:12]) == account_of(database, survivor)
    assert account_of(database, survivor[2:14]) == account_of(database, survivor)


def test_a_superseded_id_leads_to_the_survivor(tmp_path: Path) -> None:
    one, two = report(1, **BASE), report(2, place="Hajin")
    known, merged = tmp_path / "known.duckdb", Ruling(ids=(one.mention.mention_id, two.mention.mention_id))
    link(known, tmp_path / "1", *news("one", one), *news("two", two))
    link(known, tmp_path / "2", overrides=Overrides(merge=(merged,)))
    (retracted,) = ids(known, "SELECT incident_id FROM incident_revisions WHERE change = 'superseded'")
    (survivor,) = ids(known, "SELECT incident_id FROM incidents")
    account = account_of(known, retracted)
    assert (account.asked, account.path) == (retracted, (survivor,))
    assert text_of(account).splitlines()[0] == f"{retracted} is now part of {survivor}."
    assert text_of(account).splitlines()[1:] == text_of(account_of(known, survivor)).splitlines()


def test_an_unknown_id_is_refused(database: Path) -> None:
    for asked in ("i-nothing", "", "i-", "%", "x' OR true --"):
        with pytest.raises(UnknownIncidentError):
            account_of(database, asked)


def test_an_ambiguous_beginning_names_the_choices(tmp_path: Path) -> None:
    articles = [
        {"id": f"n{day}", "published_at": f"2023-11-{day}", "text": OTHER.replace("Tuesday", f"Nov. {day}")}
        for day in range(10, 28)
    ]
    database = run(tmp_path, "many.jsonl", *articles)
    known = ids(database, "SELECT incident_id FROM incidents")
    assert len(known) > 16  # more than there are hexadecimal digits: two must begin alike
    shared = next(name[:3] for name in known if sum(other.startswith(name[:3]) for other in known) > 1)
    with pytest.raises(AmbiguousIncidentError) as caught:
        account_of(database, shared)
    assert all(name.startswith(shared) for name in caught.value.found)


def test_there_must_be_a_database(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        account_of(tmp_path / "none.duckdb", "i-1")


def test_the_command_prints_it_or_exits_2(database: Path, survivor: str) -> None:
    done = pipeline("why", survivor, "--db", database)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == text_of(account_of(database, survivor)) + "\n"
    refused = pipeline("why", "i-nothing", "--db", database)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "there is no incident 'i-nothing'" in refused.stderr


FOLLOW_UP = (
    "A drone attack in March 2023 in Erbil, Iraq, killed Sara Aziz and wounded two people, a court heard on Monday."
)
ATTACK = "A drone attack killed Sara Aziz and wounded two people in Erbil, Iraq, on Tuesday, police said."


def test_unions_and_rulings_are_told(tmp_path: Path) -> None:
    first = {"id": "n1", "published_at": "2023-03-09", "source": "wire", "text": ATTACK}
    later = {"id": "n2", "published_at": "2023-06-20", "source": "post", "text": FOLLOW_UP}
    database = run(tmp_path, "news.jsonl", first, later)
    (incident,) = ids(database, "SELECT incident_id FROM incidents WHERE mention_count = 2")
    text = text_of(account_of(database, incident))
    assert "    people: same people: Sara Aziz (+4.5)" in text
    assert "an analyst" not in text

    one, two = ids(database, "SELECT mention_id FROM mentions ORDER BY ref")
    links = tmp_path / "links.toml"
    links.write_text(f'[[apart]]\nids = ["{one}", "{two}"]\nnote = "namesakes"\n', encoding="utf-8")
    launcher.run(RunOptions(ReadOptions((str(tmp_path / "news.jsonl"),)), database, overrides=links))
    texts = [text_of(account_of(database, name)) for name in ids(database, "SELECT incident_id FROM incidents")]
    assert len(texts) == 2
    assert any(f"report 1 and {two} are not of one incident: namesakes" in text for text in texts)
    assert any(f"created; 1 report, split from {incident}" in text for text in texts)
    assert all("    held apart by an analyst: namesakes" in text for text in texts)


def test_a_database_of_an_older_release_is_told_of(tmp_path: Path) -> None:
    database = run(tmp_path, "news.jsonl", {"id": "n1", "published_at": "2023-03-09", "text": ATTACK})
    (incident,) = ids(database, "SELECT incident_id FROM incidents")
    expected = text_of(account_of(database, incident))
    make_older(database)
    assert text_of(account_of(database, incident)) == expected
