from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.databases import rows
from tests.support.news import BASE, KILLED, UNDATED, links, news, texts
from tests.support.records import DAY, report
from tests.support.words import text
from tests.support.workspaces import run


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_reports_of_a_replaced_text_leave(order: list[int], database: Path, folders: Callable[[], Path]) -> None:
    editions = texts("a.txt", [report(1, **BASE | KILLED)], [report(2, **BASE)])
    run(database, folders(), *news("other", report(3, **BASE)))
    for edition in order:
        run(database, folders(), *editions[edition])
    assert rows(database, "SELECT killed_best, mention_count FROM incidents") == [(None, 2)]
    assert rows(database, "SELECT count(*) FROM mentions") == [(3,)]


def test_an_incident_of_replaced_texts_alone_is_gone(database: Path, folders: Callable[[], Path]) -> None:
    first, second = texts("a.txt", [report(1, **BASE), report(2, place="Hajin", **UNDATED)], [])
    run(database, folders(), *first)
    assert rows(database, "SELECT count(*) FROM incidents") == [(2,)]
    run(database, folders(), *second)
    assert rows(database, "SELECT count(*) FROM incidents") == [(0,)]
    assert links(database) == set()


def test_a_copy_that_is_known_only_now_is_no_second_source(database: Path, folders: Callable[[], Path]) -> None:
    later = {"published": DAY + timedelta(days=1)}
    run(database, folders(), *news("copy", report(1, **BASE), text=text(1), **later))
    run(database, folders(), *news("paper", report(2, **BASE), text=text(2), **later))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 2)]
    run(database, folders(), *news("wire", report(3, **BASE), text=text(1)))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 3)]
    run(database, folders(), *news("agency", report(4, **BASE), text=text(2)))
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(2, 4)]


def test_a_chain_of_copies_leads_to_the_first_publisher(database: Path, folders: Callable[[], Path]) -> None:
    names = ["c", "b", "a"]
    steps = {name: text(1, changed=12 * number) for number, name in enumerate("abc")}
    for name in names:
        day = DAY + timedelta(days="abc".index(name))
        run(database, folders(), *news(name, report(ord(name), **BASE), text=steps[name], published=day))
    copies = "SELECT a.name, b.name FROM articles a JOIN articles b ON b.article_id = a.duplicate_of ORDER BY ALL"
    assert rows(database, copies) == [("b", "a"), ("c", "b")]
    assert rows(database, "SELECT source_count, mention_count FROM incidents") == [(1, 3)]


def test_one_article_in_two_feeds_is_reported_once(database: Path, folders: Callable[[], Path]) -> None:
    section, front = (
        news("https://a.example/1", report(number, **BASE), source=name, text="One text.")
        for number, name in enumerate(["Section", "Front page"], 1)
    )
    run(database, folders(), *section, *front)
    assert rows(database, "SELECT source FROM articles") == [("Front page",)]
    assert rows(database, "SELECT source FROM mentions") == [("Front page",)]
    assert rows(database, "SELECT mention_count FROM incidents") == [(1,)]
