"""What the database says of its own tables, views and columns, from the models: `COMMENT ON` as SQL has it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from schemas.article import Article
from schemas.base import Record
from schemas.incident import Incident, IncidentMention, IncidentRevision
from schemas.mention import Mention, Tally
from schemas.tables import TABLES, codes_of
from schemas.views import VIEWS

_NAMESAKES = (Incident, Mention, IncidentMention, IncidentRevision, Tally, Article)
"""The models that say what a view's column holds, if it has the name of one of their fields: the first that does."""


class Described(NamedTuple):
    """A table or view: which of the two, its name, what a row is, and what each of its columns holds."""

    kind: str
    name: str
    about: str
    columns: Mapping[str, str]


def described() -> Iterator[Described]:
    """Yield every table, then every view, whose columns may be fewer than are described."""
    for table in TABLES:
        yield Described("TABLE", table.name, table.about, _columns(table.model))
    known: dict[str, str] = {}
    for model in reversed(_NAMESAKES):
        known |= _columns(model)
    for view in VIEWS:
        yield Described("VIEW", view.name, f"{view.about[0].upper()}{view.about[1:]}.", {**known, **view.columns})


def _columns(model: type[Record]) -> dict[str, str]:
    return {
        name: " ".join((field.description or "", *_values(codes_of(field.annotation))))
        for name, field in model.model_fields.items()
    }


def _values(codes: tuple[str, ...]) -> list[str]:
    return [f"One of {', '.join(codes)}."] if codes else []
