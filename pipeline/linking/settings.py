"""An analyst's word on the fields of an incident: values that win whatever the reports say.

A setting names a field of an incident and gives its value; the incident is the one that has the report which the
setting stands for. What is set stays as it is set; other fields give way where they would contradict it:

- of a range (killed, wounded, brought down), the ends that are not set move to what is set;
- of dates, the end that is not set moves likewise; a day that no longer is one day becomes days; the words and the
  weekday that the old dates were read from go, and the basis of a date where there was none is `explicit`;
- with another place, province or country, the point and the words of the old one go; a point that is set is of a
  locality where nothing better is known; and a place that is set to be no more than a country has no point.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationInfo, field_validator

from schemas import DateBasis, DatePrecision, GeoPrecision, Happening, Incident
from schemas.base import Record

Id = Annotated[str, StringConstraints(pattern=r"^[im]-[0-9a-f]{24}$")]
SETTABLE = tuple(name for name in Happening.model_fields if name != "confidence_parts")
"""The fields that can be set."""

UNKNOWN = "unknown"
"""What is written for null in a field that can be null: TOML has no word for it."""

_RANGES = (
    ("killed_low", "killed_best", "killed_high"),
    ("wounded_low", "wounded_best", "wounded_high"),
    ("intercepted_low", "intercepted_high"),
)
_POINTLESS = (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)
_PLACE = ("place_name", "admin1", "country")
_POINT: Mapping[str, Any] = {
    "latitude": None,
    "longitude": None,
    "geo_precision": GeoPrecision.UNKNOWN,
    "place_text": None,
}


class Setting(Record):
    """That a field of an incident has a value; `id` is the incident's or that of a mention of it, `note` says why."""

    id: Id
    field: str
    value: Any
    note: str | None = None

    @field_validator("field")
    @classmethod
    def _field_is_known(cls, field: str) -> str:
        if field not in SETTABLE:
            raise ValueError(f"an incident has no field {field!r} to set: there are {', '.join(SETTABLE)}")
        return field

    @field_validator("value")
    @classmethod
    def _value_fits_its_field(cls, value: Any, info: ValidationInfo) -> Any:
        field = info.data.get("field")
        if field is None:  # it has been refused
            return value
        if value == UNKNOWN and Happening.model_fields[field].default is None:
            return None
        return _values_of(field).validate_python(value)

    @property
    def as_json(self) -> str:
        """The value as JSON."""
        return _values_of(self.field).dump_json(self.value).decode()

    @property
    def reason(self) -> str:
        """What is said of it where it counts."""
        return f"{self.field} set to {self.as_json} by an analyst{': ' + self.note if self.note else ''}"


def apply(incident: Incident, settings: Iterable[Setting]) -> Incident:
    """Return an incident as settings have it.

    Raises:
        ValueError: the settings contradict one another.
    """
    values = {setting.field: setting.value for setting in settings}
    if not values:
        return incident
    changed = values | {name: value for give_way in _GIVING_WAY for name, value in give_way(incident, values).items()}
    return Incident.model_validate({name: getattr(incident, name) for name in Incident.model_fields} | changed)


def _ranges(incident: Incident, values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for names in _RANGES:
        for number, name in enumerate(names):
            if name in values or not values.keys() & set(names):
                continue
            least = [values[below] for below in names[:number] if values.get(below) is not None]
            most = [values[above] for above in names[number + 1 :] if values.get(above) is not None]
            own = getattr(incident, name)
            found[name] = own if own is None else min([max([own, *least]), *most])
    return found


def _dates(incident: Incident, values: Mapping[str, Any]) -> dict[str, Any]:
    if not values.keys() & {"date_earliest", "date_latest"}:
        return {}
    first, last = (values.get(name, getattr(incident, name)) for name in ("date_earliest", "date_latest"))
    found: dict[str, Any] = {"date_text": None, "date_weekday": None}
    if "date_earliest" not in values and last is not None and (first is None or first > last):
        first = found["date_earliest"] = last
    if "date_latest" not in values and first is not None and (last is None or last < first):
        last = found["date_latest"] = first
    if first is None or last is None:
        found |= {"date_earliest": None, "date_latest": None, "date_precision": DatePrecision.UNKNOWN}
    elif first == last:
        found["date_precision"] = DatePrecision.DAY
    elif incident.date_precision in (DatePrecision.DAY, DatePrecision.UNKNOWN):
        found["date_precision"] = DatePrecision.DAYS
    if first is not None and incident.date_basis is DateBasis.NONE:
        found["date_basis"] = DateBasis.EXPLICIT
    return {name: value for name, value in found.items() if name not in values}


def _places(incident: Incident, values: Mapping[str, Any]) -> dict[str, Any]:
    has_moved = any(name in values and values[name] != getattr(incident, name) for name in _PLACE)
    found = dict(_POINT) if has_moved else {}
    if values.get("geo_precision") in _POINTLESS:
        found |= {"latitude": None, "longitude": None}
    if values.get("latitude") is not None and found.get("geo_precision", incident.geo_precision) in _POINTLESS:
        found["geo_precision"] = GeoPrecision.LOCALITY
    return {name: value for name, value in found.items() if name not in values}


_GIVING_WAY: tuple[Callable[[Incident, Mapping[str, Any]], dict[str, Any]], ...] = (_ranges, _dates, _places)


@lru_cache
def _values_of(field: str) -> TypeAdapter[Any]:
    info = Happening.model_fields[field]
    return TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]  # it is made here, not written
