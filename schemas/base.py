"""What every record shares: immutability, closed fields, UTC."""

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

_NO_FIELDS: set[str] = set()


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=True,
        use_attribute_docstrings=True,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    def model_post_init(self, context: Any) -> None:
        """Forget which fields were given: nobody asks, and remembering takes half of a record's memory."""
        object.__setattr__(self, "__pydantic_fields_set__", _NO_FIELDS)

    def __reduce__(self) -> tuple[Callable[[type["Record"], bytes], "Record"], tuple[type["Record"], bytes]]:
        """Pickle as JSON: smaller and faster than attribute by attribute, and validated again on arrival."""
        return _from_json, (type(self), self.__pydantic_serializer__.to_json(self, exclude_defaults=True))


def _from_json(model: type[Record], encoded: bytes) -> Record:
    return model.model_validate_json(encoded)


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError(f"{moment} is beyond the calendar in UTC") from error


UtcDatetime = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An aware datetime, kept in UTC. A naive one is refused."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""ISO 3166-1 alpha-3, or `XSE` for incidents at sea."""

Count = Annotated[int, Field(ge=0, lt=2**63)]
"""A number of people, weapons or incidents. None is "the text does not say", 0 is "the text says none"."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
"""A number from 0 to 1."""

NonEmpty = Annotated[str, StringConstraints(min_length=1)]

Shares = Annotated[
    Mapping[str, Share],
    BeforeValidator(dict),
    AfterValidator(lambda shares: dict(sorted(shares.items()))),
]
"""Named shares, in the order of their names."""


def check_ordered(name: str, *values: int | None) -> None:
    """Raise ValueError unless the known values rise (low ≤ best ≤ high)."""
    known = [value for value in values if value is not None]
    if len(known) > 1 and known != sorted(known):
        raise ValueError(f"{name}: low ≤ best ≤ high does not hold for {list(values)}")
