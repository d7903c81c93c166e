"""The coded description of one incident, shared by the single report and by the fusion of many."""

from datetime import date

from pydantic import Field, model_validator
from typing_extensions import Self

from schemas.base import Count, CountryCode, Record, Share, Shares, check_ordered
from schemas.enums import DateBasis, DatePrecision, EventType, FacilityType, GeoPrecision, Outcome, Status
from schemas.parts import Actor, Weapon
from schemas.tolls import Tolls

_LEAP_YEAR = 2000
_NO_POINT = (GeoPrecision.COUNTRY, GeoPrecision.UNKNOWN)


class Circumstances(Record):
    """What happened, when, where, by whom, against what and with which weapons.

    Dates form a closed interval in the calendar of the text; both ends are null when neither text nor article gives a
    date. `date_weekday` (Monday is 0) is the day of the week that the text names, kept because it tells reports apart
    even where no publication date turns it into a date; so are `date_month`, `date_day` and `date_days`: a month, a day
    of it and how many days in a row, of a year that nobody knows. Latitude and longitude are degrees, WGS 84. Null is
    "the text does not say" throughout.
    """

    event_type: EventType
    """What happened."""
    status: Status = Status.ASSERTED
    """How the text commits itself."""
    outcome: Outcome = Outcome.UNKNOWN
    """What the attack came to, whatever its type."""
    background: bool = False
    """Whether this is an older event that an article recalls, rather than its news."""

    date_earliest: date | None = None
    """The first day on which it may have happened; null when neither text nor article gives a date."""
    date_latest: date | None = None
    """The last day on which it may have happened."""
    date_precision: DatePrecision = DatePrecision.UNKNOWN
    """How wide the words are that the days were read from."""
    date_basis: DateBasis = DateBasis.NONE
    """How the days were reached."""
    date_text: str | None = None
    """The words that the days were read from."""
    date_weekday: int | None = Field(default=None, ge=0, le=6)
    """The weekday that the text names, Monday is 0; kept also where no date comes of it."""
    date_month: int | None = Field(default=None, ge=1, le=12)
    """The month that the text names, 1 to 12, where nobody knows the year."""
    date_day: int | None = Field(default=None, ge=1, le=31)
    """The first day of that month that the text names."""
    date_days: int | None = Field(default=None, ge=1, le=31)
    """How many days in a row the text names from there."""

    place_name: str | None = None
    """The canonical name of the most specific place."""
    place_text: str | None = None
    """The place as the text writes it."""
    facility: str | None = None
    """The named site: a base, embassy, ship, market and so on."""
    facility_type: FacilityType | None = None
    """What kind of site that is."""
    admin1: str | None = None
    """The province, state or governorate."""
    country: CountryCode | None = None
    """ISO 3166-1 alpha-3; XSE at sea."""
    latitude: float | None = Field(default=None, ge=-90.0, le=90.0)
    """Degrees north, WGS 84; null where a point would be a pretence, as for a country."""
    longitude: float | None = Field(default=None, ge=-180.0, le=180.0)
    """Degrees east, WGS 84."""
    geo_precision: GeoPrecision = GeoPrecision.UNKNOWN
    """What the point stands for; a country and an unknown place have none."""

    perpetrators: tuple[Actor, ...] = ()
    """Who did it, as told."""
    targets: tuple[Actor, ...] = ()
    """Who or what was attacked."""
    claimed_by: tuple[Actor, ...] = ()
    """Who says that they did it themselves."""
    weapons: tuple[Weapon, ...] = ()
    """Which kinds of weapons were used, and how many."""

    intercepted_low: Count | None = None
    """How many drones, rockets or missiles were brought down, at least."""
    intercepted_high: Count | None = None
    """How many were brought down, at most."""

    @model_validator(mode="after")
    def _dates_form_an_interval(self) -> Self:
        earliest, latest = self.date_earliest, self.date_latest
        if (earliest is None) != (latest is None):
            raise ValueError("date_earliest and date_latest go together: both known or both null")
        if earliest is None or latest is None:
            if self.date_precision is not DatePrecision.UNKNOWN:
                raise ValueError("no date has a precision: date_precision must be unknown")
            return self
        if self.date_month is not None:
            raise ValueError("date_month, date_day and date_days are for days whose year is not known")
        if earliest > latest:
            raise ValueError(f"date_earliest {earliest} is after date_latest {latest}")
        if self.date_basis is DateBasis.NONE:
            raise ValueError("no date without a basis: say in date_basis how it was reached")
        if self.date_precision is DatePrecision.DAY and earliest != latest:
            raise ValueError(f"day precision needs one day, not {earliest} to {latest}")
        return self

    @model_validator(mode="after")
    def _days_without_a_year_are_whole(self) -> Self:
        if len({self.date_month is None, self.date_day is None, self.date_days is None}) > 1:
            raise ValueError("date_month, date_day and date_days go together: all known or all null")
        if self.date_month is not None and self.date_day is not None:
            date(_LEAP_YEAR, self.date_month, self.date_day)
        return self

    @model_validator(mode="after")
    def _points_are_real(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude go together: both known or both null")
        if self.latitude is not None and self.geo_precision in _NO_POINT:
            raise ValueError(f"a place of {self.geo_precision} precision is never drawn as a point")
        return self

    @model_validator(mode="after")
    def _interceptions_are_ordered(self) -> Self:
        check_ordered("intercepted", self.intercepted_low, self.intercepted_high)
        return self


class Happening(Tolls, Circumstances):
    """What happened, at what cost, and how sure that is: 0 to 1, with the parts that this is made of, by name."""

    confidence: Share = 0.5
    """How sure the reading is, from 0 to 1."""
    confidence_parts: Shares = Field(default_factory=dict)
    """What the confidence is made of, by name."""
