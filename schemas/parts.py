"""The parts that mentions, tallies and incidents are made of."""

from pydantic import Field, model_validator
from typing_extensions import Self

from schemas.base import Count, NonEmpty, Record, check_ordered
from schemas.enums import ActorType, AttributionKind, WeaponType


class Actor(Record):
    """A party. `name` is canonical, `text` as written, `actor_id` the key in the alias table (null: not in it)."""

    name: NonEmpty
    text: str | None = None
    actor_type: ActorType = ActorType.UNKNOWN
    actor_id: str | None = None


class Attribution(Record):
    """That somebody says who did it: `by` (null: the text names nobody) says `kind` of `actor`."""

    actor: Actor
    kind: AttributionKind
    by: Actor | None = None


class ReportedAttribution(Attribution):
    """An attribution, and the report that tells of it."""

    mention_id: NonEmpty


class Weapon(Record):
    """A kind of weapon and how many were used, as a closed range; null counts are "the text does not say"."""

    weapon_type: WeaponType
    count_low: Count | None = None
    count_high: Count | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _counts_are_ordered(self) -> Self:
        check_ordered("count", self.count_low, self.count_high)
        return self


class Evidence(Record):
    """The words that a field was read from: `quote == Article.text[start:end]`, offsets in code points.

    `translation` is a language model's English of a quote in another language: the field was then read from that. It is
    null for what was read from the quote itself.
    """

    field: NonEmpty
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: NonEmpty
    translation: str | None = None

    @model_validator(mode="after")
    def _span_has_the_length_of_its_quote(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"evidence for {self.field}: the quote has {len(self.quote)} characters, its span does not"
            )
        return self


class Conflict(Record):
    """One of the values that the reports of an incident disagree on, and the mentions that say so."""

    field: NonEmpty
    value: NonEmpty
    mention_ids: tuple[str, ...]


def check_quotes(evidence: tuple[Evidence, ...], text: str) -> None:
    """Raise ValueError unless every quote stands in `text` at its offsets."""
    for item in evidence:
        if text[item.start : item.end] != item.quote:
            raise ValueError(f"evidence for {item.field}: {item.quote!r} does not stand at {item.start}–{item.end}")
