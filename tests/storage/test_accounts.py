from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.errors import AmbiguousIncidentError, NoDatabaseError, UnknownIncidentError
from pipeline.storage.accounts import account_of
from tests.support.databases import rows
from tests.support.news import BASE, news
from tests.support.records import report
from tests.support.workspaces import run


def test_an_incident_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    database = tmp_path / "found.duckdb"
    run(database, tmp_path / "run", *news("one", report(1, **BASE)), *news("other", report(2, place="Hajin")))
    for (name,) in rows(database, "SELECT incident_id FROM incidents"):
        account = account_of(database, name[2:14])
        assert account.incident is not None
        assert (account.asked, account.path, account.incident.incident_id) == (name, (), name)
        assert [told.link.incident_id for told in account.reports] == [name]
        assert len(account.revisions) == 1
        assert account.rulings == ()


@pytest.mark.parametrize("asked", ["i-zz", "", "m-1"])
def test_what_there_never_was_is_said(tmp_path: Path, asked: str) -> None:
    database = tmp_path / "found.duckdb"
    run(database, tmp_path / "run", *news("one", report(1, **BASE)))
    with pytest.raises(UnknownIncidentError):
        account_of(database, asked)


def test_several_that_begin_so_are_named(tmp_path: Path) -> None:
    database = tmp_path / "found.duckdb"
    many = [record for n in range(20) for record in news(f"n{n}", report(n, place=f"Place {n}", facility=f"Base {n}"))]
    run(database, tmp_path / "run", *many)
    names = [name for (name,) in rows(database, "SELECT incident_id FROM incidents ORDER BY 1")]
    first = next(one[:3] for one, other in pairwise(names) if one[:3] == other[:3])
    with pytest.raises(AmbiguousIncidentError, match=first):
        account_of(database, first)


def test_without_a_database_there_is_no_account(tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseError):
        account_of(tmp_path / "none.duckdb", "i-1")
