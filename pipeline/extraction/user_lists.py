"""The user's own lists of places and actors (`--places`, `--actors`), checked line by line before anything is read.

They are CSV (UTF-8, with or without a byte order mark) in the form of `sites.csv` and `actors.csv`: the first row names
the columns, in any order, and others are passed over; empty lines and lines that begin with # are comments.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from typing_extensions import Self

from pipeline.errors import UserListError
from pipeline.knowledge.tables import phrases_of, rows
from schemas import ActorType, FacilityType, GeoPrecision

AREAS = frozenset({"city", "district", "admin1", "region", "sea"})
CAPITAL = "capital"
_AT_SEA = "XSE"
_MOST_PROBLEMS = 5
_KINDS = (*AREAS, CAPITAL, *FacilityType)


@cache
def _countries() -> dict[str, str]:
    """Return the codes of all countries by what they are called, their codes included."""
    found = {_AT_SEA: _AT_SEA}
    for row in rows("countries.csv"):
        found |= dict.fromkeys((row["country"], row["name"], *phrases_of(row["aliases"])), row["country"])
    return found


def _country(cell: str | None) -> str | None:
    known = _countries()
    if cell is not None and known.get(cell) != cell:
        meant = f"; {cell} is {known[cell]}" if cell in known else ""
        raise ValueError(f"a code of ISO 3166-1 alpha-3 such as IRQ, or XSE at sea{meant}")
    return cell


def _kind(cell: str | None) -> str | None:
    if cell is not None and cell not in _KINDS:
        raise ValueError(f"one of {', '.join(sorted(map(str, _KINDS)))}")
    return cell


def _none_if_empty(cell: object) -> object:
    return cell if cell != "" else None


_Optional = BeforeValidator(_none_if_empty)
Country = Annotated[str | None, _Optional, AfterValidator(_country)]
Named = Annotated[str, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    name: Named
    aliases: str
    country: Country


class PlaceRow(_Row):
    """A line of a user's places. Either both coordinates are given, in degrees, or neither."""

    type: Annotated[str | None, _Optional, AfterValidator(_kind)]
    admin1: str
    lat: Annotated[Annotated[float, Field(ge=-90, le=90)] | None, _Optional]
    lon: Annotated[Annotated[float, Field(ge=-180, le=180)] | None, _Optional]
    precision: Annotated[GeoPrecision | None, _Optional]

    @model_validator(mode="after")
    def _check_point(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("both lat and lon, or neither")
        return self


class ActorRow(_Row):
    """A line of a user's actors. `parent` is the actor_id of its umbrella."""

    actor_id: Named
    type: ActorType
    parent: str


def read_places(path: Path) -> list[dict[str, str]]:
    """Return the lines of a user's places. Raises UserListError for those that cannot be meant."""
    return _read(path, "--places", PlaceRow)


def read_actors(path: Path) -> list[dict[str, str]]:
    """Return the lines of a user's actors. Raises UserListError for those that cannot be meant."""
    return _read(path, "--actors", ActorRow)


def _read(path: Path, option: str, model: type[_Row]) -> list[dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        numbered = list(_numbered(lines))
    except UnicodeDecodeError as error:
        raise UserListError(option, str(path), "not UTF-8: save it as CSV in UTF-8") from error
    except OSError as error:
        raise UserListError(option, str(path), f"cannot be read ({error.strerror})") from error
    except csv.Error as error:
        raise UserListError(option, str(path), f"cannot be read as CSV ({error})") from error
    if not numbered:
        return []
    header = numbered[0][1]
    _check_header(path, option, model, header)
    problems: list[str] = []
    found = [_checked(line, cells, header, model, problems) for line, cells in numbered[1:]]
    if problems:
        more = f"; and {len(problems) - _MOST_PROBLEMS:,} more" if len(problems) > _MOST_PROBLEMS else ""
        raise UserListError(option, str(path), "; ".join(problems[:_MOST_PROBLEMS]) + more)
    return found


def _numbered(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is no comment, and its number in the file."""
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    table = csv.reader(line for _, line in kept)
    for cells in table:
        yield kept[table.line_num - 1][0], cells


def _check_header(path: Path, option: str, model: type[_Row], header: Sequence[str]) -> None:
    missing = [name for name in model.model_fields if name not in header]
    if missing:
        wanted = ", ".join(model.model_fields)
        raise UserListError(option, str(path), f"no column {', '.join(missing)}: the first row must name {wanted}")


def _checked(
    line: int, cells: Sequence[str], header: Sequence[str], model: type[_Row], problems: list[str]
) -> dict[str, str]:
    """Return a line as a row, and add what is wrong with it to `problems`."""
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    if len(cells) != len(header):
        problems.append(
            f"line {line}: {len(cells)} cells where the first row has {len(header)}; quote those with commas"
        )
        return row
    try:
        model.model_validate(row)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            column = ".".join(map(str, each["loc"]))
            given = f", {column} {row[column]!r}" if column in row else ""
            problems.append(f"line {line}{given}: {_wanted(each['msg'])}")
    return row


def _wanted(message: str) -> str:
    """Return what pydantic says, or what a check of ours says, as what the cell should be."""
    told = message.removeprefix("Value error, ")
    return f"should be {told}" if told != message else message[:1].lower() + message[1:]
