"""The closed vocabularies of the records: every value a coded field may take.

Values are plain strings in JSON, Parquet and DuckDB.
"""

from enum import Enum


class Code(str, Enum):
    """A member that is its own string value, so that it compares, sorts and serialises as text."""

    def __str__(self) -> str:
        return str(self.value)


class EventType(Code):
    """What happened. `schemas.codes` maps each member to ACLED, PLOVER and CAMEO."""

    DRONE_ATTACK = "drone_attack"
    AIRSTRIKE = "airstrike"
    ROCKET_MISSILE_MORTAR = "rocket_missile_mortar"
    IED_MINE = "ied_mine"
    CAR_BOMBING = "car_bombing"
    SUICIDE_BOMBING = "suicide_bombing"
    BOMBING = "bombing"
    GRENADE = "grenade"
    ARMED_CLASH = "armed_clash"
    ARMED_ASSAULT = "armed_assault"
    ATTACK_ON_CIVILIANS = "attack_on_civilians"
    ASSASSINATION = "assassination"
    ABDUCTION = "abduction"
    SABOTAGE_DESTRUCTION = "sabotage_destruction"
    SHIP_ATTACK = "ship_attack"
    ARREST_RAID = "arrest_raid"
    ATTACK = "attack"


class Status(Code):
    """How the text commits itself to the event. Threats, plans and negated events are not mentions at all."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    ATTEMPTED = "attempted"


class Unresolved(Code):
    """Why a report names no incident of its own: nobody could tell which one it is of."""

    NO_DAY_NO_PLACE = "no_day_no_place"
    COUNTRY_ONLY = "country_only"
    """No day, and no place but a country."""


class Outcome(Code):
    """What the attack came to, independent of its type: a drone shot down is `drone_attack` and `foiled`."""

    HIT = "hit"
    PARTIAL = "partial"
    FOILED = "foiled"
    UNKNOWN = "unknown"


class DatePrecision(Code):
    """How wide the words are that the date interval was read from."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateBasis(Code):
    """How the date interval was reached.

    `explicit`: a calendar date in the text. `weekday`: a weekday name counted back from the article's publication date.
    `deictic`: today, yesterday, overnight. `relative`: "a day earlier", "over the past week". `inherited`: the date
    of the incident it is reported with. `publication`: bounded by the article's own date alone. `none`: no date.
    """

    EXPLICIT = "explicit"
    WEEKDAY = "weekday"
    DEICTIC = "deictic"
    RELATIVE = "relative"
    INHERITED = "inherited"
    PUBLICATION = "publication"
    NONE = "none"


class GeoPrecision(Code):
    """How exact the place is. A `country` or `unknown` place carries no point."""

    EXACT = "exact"
    LOCALITY = "locality"
    ADMIN1 = "admin1"
    REGION = "region"
    SEA = "sea"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class WeaponType(Code):
    """What was used."""

    DRONE = "drone"
    ROCKET = "rocket"
    MISSILE = "missile"
    MORTAR = "mortar"
    ARTILLERY = "artillery"
    BOMB = "bomb"
    CAR_BOMB = "car_bomb"
    SUICIDE_VEST = "suicide_vest"
    IED = "ied"
    MINE = "mine"
    FIREARM = "firearm"
    AIRCRAFT = "aircraft"
    KNIFE = "knife"
    GRENADE = "grenade"
    OTHER = "other"


class ActorType(Code):
    """What kind of party an actor is."""

    STATE = "state"
    STATE_FORCES = "state_forces"
    COALITION = "coalition"
    ARMED_GROUP = "armed_group"
    UMBRELLA_GROUP = "umbrella_group"
    UNIDENTIFIED_ARMED_GROUP = "unidentified_armed_group"
    CIVILIANS = "civilians"
    ORGANISATION = "organisation"
    PERSON = "person"
    PROPERTY = "property"
    UNKNOWN = "unknown"


class AttributionKind(Code):
    """What somebody says of who did it.

    `claimed`: the party says so itself. `blamed`: somebody else says so. `denied`: the party, or somebody for it, says
    that it did not. `confirmed`: somebody else says that it is established.
    """

    CLAIMED = "claimed"
    BLAMED = "blamed"
    DENIED = "denied"
    CONFIRMED = "confirmed"


class FacilityType(Code):
    """What kind of named site was struck."""

    MILITARY_BASE = "military_base"
    AIRFIELD = "airfield"
    EMBASSY = "embassy"
    SHIP = "ship"
    PORT = "port"
    OIL_GAS_FIELD = "oil_gas_field"
    REFINERY = "refinery"
    POWER_PLANT = "power_plant"
    DAM = "dam"
    BRIDGE = "bridge"
    BORDER_CROSSING = "border_crossing"
    CAMP = "camp"
    PRISON = "prison"
    CHECKPOINT = "checkpoint"
    POLICE_STATION = "police_station"
    GOVERNMENT = "government"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    RELIGIOUS = "religious"
    MARKET = "market"
    HOTEL = "hotel"
    TRANSPORT = "transport"
    RESIDENTIAL = "residential"
    OTHER = "other"


class PublishedBasis(Code):
    """Where an article's publication time comes from."""

    METADATA = "metadata"
    HEADER = "header"
    DATELINE = "dateline"
    URL = "url"
    NONE = "none"


class EntryIdentity(Code):
    """What tells the entries of a feed apart: the surest of these that does not repeat."""

    GUID = "guid"
    LINK = "link"
    DIGEST = "digest"


class Change(Code):
    """What a run did to an incident."""

    CREATED = "created"
    UPDATED = "updated"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Cause(Code):
    """Why a run changed an incident: what it read for the first time, what it read again, or what an analyst ruled."""

    ARTICLES = "articles"
    REREADING = "reread"
    RULING = "ruling"


class BlockKind(Code):
    """What a block of a text is in its document. An aside is about the text, or belongs to the page around it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    QUOTATION = "quotation"
    ASIDE = "aside"
