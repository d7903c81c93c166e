"""The database's tables, their Arrow schemas and their DDL, all derived from the models.

A field is added, renamed or retyped in its model and nowhere else. Types map as follows: str and enums → VARCHAR,
int → BIGINT, float → DOUBLE, aware datetime → TIMESTAMPTZ (UTC, microseconds), tuple[Model, ...] → STRUCT[],
Mapping[str, float] → MAP.
"""

import collections.abc
import types
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from inspect import getdoc
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import pyarrow as pa
from pydantic import AwareDatetime

from schemas.article import Article
from schemas.base import Record, UtcDatetime
from schemas.feed import Feed
from schemas.incident import Incident, IncidentMention, IncidentRevision, RunRecord
from schemas.lineage import Continuation, ListEntry, ReadWith
from schemas.mention import Mention, Tally
from schemas.place import Place
from schemas.reject import Reject

SCHEMA_VERSION = 4
"""Raised whenever a database written by an older release needs more than new, empty tables."""

RecordT = TypeVar("RecordT", bound=Record)

_SCALARS: dict[Any, tuple[pa.DataType, str]] = {
    bool: (pa.bool_(), "BOOLEAN"),
    int: (pa.int64(), "BIGINT"),
    float: (pa.float64(), "DOUBLE"),
    str: (pa.string(), "VARCHAR"),
    bytes: (pa.binary(), "BLOB"),
    date: (pa.date32(), "DATE"),
    AwareDatetime: (pa.timestamp("us", tz="UTC"), "TIMESTAMPTZ"),
}


class Table(NamedTuple):
    """A table: its name, the model of its rows, and the columns that identify a row; none where nothing does."""

    name: str
    model: type[Record]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.model.model_fields)

    @property
    def about(self) -> str:
        """What a row is, in a sentence: how its model's docstring begins."""
        return (getdoc(self.model) or "").partition("\n\n")[0].replace("\n", " ")


class Fingerprint(Record):
    """The MinHash signature of an article's text, by which later runs recognise its copies (internal)."""

    article_id: str
    """The article."""
    bands: tuple[int, ...]
    """Hashes of stretches of the signature: texts that are nearly alike share at least one."""
    signature: bytes
    """The MinHash signature of the text."""


class Search(Record):
    """Where a dated report searches for others (internal): a place, and from which day to which, counted since 1970."""

    spot: str
    since: int
    until: int


class BlockingFeatures(Record):
    """Under which keys a mention meets others, derived from it once and kept beside it (internal).

    `spots` and `searches` are for those that are dated.
    """

    mention_id: str
    """The report."""
    version: int
    """The version of the derivation: what another version has derived is derived anew."""
    link_key: str
    """The country, or an empty text."""
    dated: bool
    """Whether the days place it in time."""
    place_rank: int
    """How well the place is known, 0 best."""
    published_at: UtcDatetime | None = None
    """When it was published, UTC."""
    first_day: int | None = None
    """The first day, counted since 1970."""
    last_day: int | None = None
    """The last day, counted since 1970."""
    timeless_keys: tuple[str, ...]
    """The keys under which it meets others whatever their days."""
    group_keys: tuple[str, ...]
    """The keys under which its group meets others."""
    spots: tuple[str, ...] = ()
    """The places under which a dated report is found."""
    searches: tuple[Search, ...] = ()
    """Where a dated report searches for others."""


class Likeness(Record):
    """That two groups of reports are alike enough to be of one incident (internal)."""

    met: str
    """The key that brought the two groups together."""
    one: str
    """The group that comes first in the alphabet."""
    other: str
    """The other group."""


class Ruled(Record):
    """A report that an analyst's ruling names, as of the last run."""

    ruling: int
    """The number of the ruling in its file."""
    verdict: str
    """What it says: merge, apart, set or drop."""
    mention_id: str
    """The report that it names."""
    note: str | None = None
    """Its note."""
    named: str | None = None
    """The id that the ruling gives: the report's own, or that of an incident that it stands for."""
    field: str | None = None
    """The field that a set sets."""
    value: str | None = None
    """The value that a set sets, as JSON."""


ARTICLES = Table("articles", Article, ("article_id",))
MENTIONS = Table("mentions", Mention, ("mention_id",))
TALLIES = Table("tallies", Tally, ("tally_id",))
INCIDENTS = Table("incidents", Incident, ("incident_id",))
INCIDENT_MENTIONS = Table("incident_mentions", IncidentMention, ("mention_id",))
INCIDENT_REVISIONS = Table("incident_revisions", IncidentRevision, ("incident_id", "revision"))
REJECTS = Table("rejects", Reject, ("reject_id",))
FEEDS = Table("feeds", Feed, ("feed_url",))
RUNS = Table("runs", RunRecord, ("run_id",))
FINGERPRINTS = Table("fingerprints", Fingerprint, ("article_id",))
BLOCKING_FEATURES = Table("blocking_features", BlockingFeatures, ("mention_id",))
LIKENESSES = Table("likenesses", Likeness, ("met", "one", "other"))
RULINGS = Table("rulings", Ruled, ("ruling", "verdict", "mention_id"))
CONTINUATIONS = Table("continuations", Continuation, ("mention_id",))
READINGS = Table("readings", ReadWith, ("article_id",))
READING_LISTS = Table("reading_lists", ListEntry, ("digest", "number"))

GAZETTEER = Table("gazetteer", Place, ())

TABLES: tuple[Table, ...] = (
    ARTICLES,
    MENTIONS,
    INCIDENTS,
    INCIDENT_MENTIONS,
    INCIDENT_REVISIONS,
    TALLIES,
    REJECTS,
    FEEDS,
    RUNS,
    FINGERPRINTS,
    BLOCKING_FEATURES,
    LIKENESSES,
    RULINGS,
    CONTINUATIONS,
    READINGS,
    READING_LISTS,
    GAZETTEER,
)


def arrow_schema(model: type[Record]) -> pa.Schema:
    """Return the Arrow schema of a model's rows."""
    return pa.schema([pa.field(name, _arrow(annotation)) for name, annotation in _fields(model)])


def create_table(table: Table) -> str:
    """Return the DuckDB statement that creates a table unless it exists."""
    columns = [
        f'"{name}" {_duckdb(annotation)}{"" if _without_null(annotation)[1] else " NOT NULL"}'
        for name, annotation in _fields(table.model)
    ]
    key = ", ".join(f'"{name}"' for name in table.key)
    parts = columns + ([f"PRIMARY KEY ({key})"] if key else [])
    return f"CREATE TABLE IF NOT EXISTS {table.name} ({', '.join(parts)})"


def default_of(table: Table, name: str) -> str:
    """Return, as SQL, what a column holds in the rows of an older release that did not have it: its model's default.

    Raises TypeError for a field without a default: what older rows would mean, a migration has to say.
    """
    field = table.model.model_fields[name]
    if field.is_required():
        raise TypeError(f"{table.name}.{name} has no default: write a migration for the rows of older releases")
    return _literal(_plain(field.get_default(call_default_factory=True)))


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return str(value).upper() if isinstance(value, bool) else repr(value)


def to_row(record: Record) -> dict[str, Any]:
    """Return a record as the plain values that Arrow takes."""
    return {name: _plain(getattr(record, name)) for name in type(record).model_fields}


def from_row(model: type[RecordT], row: Mapping[str, Any]) -> RecordT:
    """Return the record of a row read from Parquet or DuckDB; columns that the model lacks are left out."""
    return model.model_validate({name: row[name] for name in model.model_fields if name in row})


def _fields(model: type[Record]) -> Iterable[tuple[str, Any]]:
    return ((name, info.annotation) for name, info in model.model_fields.items())


def _without_null(annotation: Any) -> tuple[Any, bool]:
    """Return the type itself and whether null is allowed beside it."""
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        if len(members) != 1:
            raise TypeError(f"a column holds one type, not {annotation}")
        return _without_null(members[0])[0], True
    if get_origin(annotation) is Annotated:
        return _without_null(get_args(annotation)[0])
    return annotation, False


def _shape(annotation: Any) -> tuple[str, Any]:
    """Return the kind of a column (scalar, struct, list or map) and what it is made of."""
    inner, _ = _without_null(annotation)
    if get_origin(inner) is tuple:
        return "list", get_args(inner)[0]
    if get_origin(inner) is collections.abc.Mapping:
        return "map", get_args(inner)
    if isinstance(inner, type) and issubclass(inner, Record):
        return "struct", inner
    if isinstance(inner, type) and issubclass(inner, Enum):
        return "scalar", str
    return "scalar", inner


def codes_of(annotation: Any) -> tuple[str, ...]:
    """Return the values that a coded field may take; none for a field of another kind."""
    inner, _ = _without_null(annotation)
    return tuple(member.value for member in inner) if isinstance(inner, type) and issubclass(inner, Enum) else ()


def _arrow(annotation: Any) -> pa.DataType:
    kind, inner = _shape(annotation)
    if kind == "list":
        return pa.list_(_arrow(inner))
    if kind == "map":
        return pa.map_(_arrow(inner[0]), _arrow(inner[1]))
    if kind == "struct":
        return pa.struct([pa.field(name, _arrow(part)) for name, part in _fields(inner)])
    return _SCALARS[inner][0]


def _duckdb(annotation: Any) -> str:
    kind, inner = _shape(annotation)
    if kind == "list":
        return f"{_duckdb(inner)}[]"
    if kind == "map":
        return f"MAP({_duckdb(inner[0])}, {_duckdb(inner[1])})"
    if kind == "struct":
        return "STRUCT(" + ", ".join(f'"{name}" {_duckdb(part)}' for name, part in _fields(inner)) + ")"
    return _SCALARS[inner][1]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Record):
        return to_row(value)
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
